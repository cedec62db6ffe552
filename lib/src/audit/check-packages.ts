import { readFileSync } from "node:fs";
import { parseJson } from "../measure/parse-json.ts";
import { licences, lockfileSchema, packageProblems } from "./package-problems.ts";

/*
 * What make check runs: `node check-packages.js package-lock.json` lists the licences of everything that is installed, and
 * fails on a package without a hash or under a licence that does not go with ours.
 */
const path = process.argv[2] ?? "package-lock.json";
const remedy = "run `npm install` again";
const lockfile = parseJson(readFileSync(path, "utf8"), lockfileSchema, { noun: "lockfile", path, remedy });
const problems = packageProblems(lockfile);
for (const problem of problems) console.error(problem);
console.log(
  `licences: ${licences(lockfile)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ")}`,
);
if (problems.length > 0) process.exitCode = 1;
