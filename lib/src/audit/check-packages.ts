import { readFileSync } from "node:fs";
import { type Lockfile, licences, packageProblems } from "./package-problems.ts";

/*
 * What make check runs: `node check-packages.js package-lock.json` lists the licences of everything that is installed, and
 * fails on a package without a hash or under a licence that does not go with ours.
 */
const lockfile = JSON.parse(readFileSync(process.argv[2] ?? "package-lock.json", "utf8")) as Lockfile;
const problems = packageProblems(lockfile);
for (const problem of problems) console.error(problem);
console.log(
  `licences: ${licences(lockfile)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ")}`,
);
if (problems.length > 0) process.exitCode = 1;
