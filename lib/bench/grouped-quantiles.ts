/** Prints grouped quantiles of one folder of scheduling-delay: what `tables.ts` measures. */
import { basename, dirname } from "node:path";
import { pooledQuantile, poolRuns } from "../src/stats/pooled-runs.ts";
import { schedulingDelay } from "../src/studies/catalogue.ts";
import { cells } from "../src/summary/cells.ts";
import { load } from "../src/tables/load.ts";

const [folder = ""] = process.argv.slice(2);
const experiment = schedulingDelay.experiment();
if (basename(folder) !== experiment.name)
  throw new TypeError(`folder must be one of ${experiment.name}; got ${folder}`);
const query = {
  value: "overheadNs",
  by: ["executor", "blockers"],
  where: { part: "base", source: "probe" },
} as const;
for (const { levels, byRun } of cells(load(experiment, dirname(folder)), query)) {
  const pool = poolRuns(byRun);
  const once = new Uint8Array(pool.runs).fill(1);
  console.log(
    levels["executor"],
    levels["blockers"],
    pooledQuantile(pool, 0.5, once),
    pooledQuantile(pool, 0.99, once),
  );
}
