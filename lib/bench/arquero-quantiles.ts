/** Prints the quantiles of `grouped-quantiles.ts` as arquero computes them. */
import { dirname } from "node:path";
import { op } from "arquero";
import { schedulingDelay } from "../src/studies/catalogue.ts";
import { load } from "../src/tables/load.ts";

const [folder = ""] = process.argv.slice(2);
const { samples } = load(schedulingDelay.experiment(), dirname(folder));
samples
  .filter("d => d.part === 'base' && d.source === 'probe'")
  .groupby("executor", "blockers")
  .rollup({ p50: op.quantile("overheadNs", 0.5), p99: op.quantile("overheadNs", 0.99) })
  .print();
