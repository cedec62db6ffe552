import { parseJson } from "../measure/parse-json.ts";
import { DataError } from "../measure/study-error.ts";
import { readText } from "../tables/regular-file.ts";
import { licences, lockfileSchema, packageProblems } from "./package-problems.ts";

/*
 * What make check runs: `node check-packages.js package-lock.json …` lists the licences of everything that lockfiles install, and
 * fails on a package without a hash, from elsewhere than the registry, or under a licence that does not go with ours.
 */
try {
  const [first = "package-lock.json", ...more] = process.argv.slice(2);
  const problems = [first, ...more].flatMap(check);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof DataError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}

function check(path: string): string[] {
  const source = { noun: "lockfile", path, remedy: "run `npm install` again" };
  const lockfile = parseJson(readText(path, source.noun, source.remedy), lockfileSchema, source);
  const counts = licences(lockfile).map(([name, count]) => `${name} ${count}`);
  console.log(`licences in ${path}: ${counts.join(", ")}`);
  return packageProblems(lockfile, path);
}
