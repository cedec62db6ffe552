/**
 * Simulates how often the 95 % intervals of `stats` hold the true value, and how often verdicts are wrong, on designs that
 * look like measured ones; prints the tables and writes them to `data/simulated/coverage.json`, the same on every machine.
 *
 *     node lib/bench/coverage.ts [methods]
 *
 * With `methods` it prints instead how the methods compare on simple designs. The suite repeats parts on a smaller scale.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { simulatedFolder } from "../src/tables/simulated-coverage.ts";
import { writeAtomically } from "../src/tables/write-atomically.ts";
import { decideErrors } from "./coverage/decide.ts";
import { fewRunsCoverage, stoppingCoverage } from "./coverage/few-runs.ts";
import { kneeCoverage } from "./coverage/knees.ts";
import { printMethods } from "./coverage/methods.ts";
import { sequentialErrors } from "./coverage/sequential.ts";

const experiments = 500;

function writeTables(): void {
  const tables = {
    "few-runs": fewRunsCoverage(experiments),
    stopping: stoppingCoverage(experiments),
    knees: kneeCoverage(experiments),
    sequential: sequentialErrors(4 * experiments),
    decide: decideErrors(experiments),
  };
  for (const [name, rows] of Object.entries(tables)) {
    console.log(`\n${name}`);
    console.table(rows);
  }
  mkdirSync(simulatedFolder, { recursive: true });
  writeAtomically(join(simulatedFolder, "coverage.json"), `${JSON.stringify(tables, null, 1)}\n`);
}

if (process.argv[2] === "methods") printMethods();
else writeTables();
