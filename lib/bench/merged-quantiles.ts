/** Prints the quantiles of `grouped-quantiles.ts` from a histogram a cell, batch by batch: what fits into no memory. */
import { basename, join } from "node:path";
import { schedulingDelay } from "../src/studies/catalogue.ts";
import { columnOf } from "../src/tables/column-of.ts";
import type { Decoded } from "../src/tables/decode-column.ts";
import { readManifest } from "../src/tables/manifest.ts";
import { openTable } from "../src/tables/open-table.ts";
import { runsFile, samplesFile } from "../src/tables/read-experiment.ts";
import { columnsOf } from "../src/tables/read-table.ts";
import { runsSchema } from "../src/tables/runs-schema.ts";
import { samplesSchema } from "../src/tables/samples-schema.ts";
import { SignedHistogram } from "./signed-histogram.ts";

const [folder = ""] = process.argv.slice(2);
const experiment = schedulingDelay.experiment();
if (basename(folder) !== experiment.name)
  throw new TypeError(`folder must be one of ${experiment.name}; got ${folder}`);
const { tables } = readManifest(folder);
const schemaOfRuns = runsSchema(experiment);
const runs = openTable(join(folder, runsFile), schemaOfRuns, tables.runs);
const samples = openTable(join(folder, samplesFile), samplesSchema(experiment), tables.samples);

const histograms = new Map<string, SignedHistogram>();
const cellOfRun = new Map<unknown, SignedHistogram>();
const columns = columnsOf(schemaOfRuns, runs.rows, runs.column);
const [number, valid, part, executor, blockers] = ["run", "valid", "part", "executor", "blockers"].map(
  (name) => Array.from(columnOf(columns, name) as Iterable<unknown>),
);
number?.forEach((run, row) => {
  if (valid?.[row] !== true || part?.[row] !== "base") return;
  const cell = `${executor?.[row]} ${blockers?.[row]}`;
  const histogram = histograms.get(cell) ?? new SignedHistogram();
  histograms.set(cell, histogram);
  cellOfRun.set(run, histogram);
});

for (const [run, source, overheadNs] of samples.pieces("run", "source", "overheadNs")) {
  const runOf = numbersOf(run);
  const delayOf = numbersOf(overheadNs);
  const { codes, words } = source as Decoded & { kind: "coded" };
  const probe = words.indexOf("probe");
  for (let row = 0; row < runOf.length; row++) {
    const value = delayOf[row] as number;
    if (codes[row] !== probe || Number.isNaN(value)) continue;
    cellOfRun.get(runOf[row])?.record(value);
  }
}

for (const [cell, histogram] of [...histograms].sort()) {
  console.log(cell, histogram.quantile(0.5), histogram.quantile(0.99));
}

function numbersOf(decoded: Decoded | undefined): ArrayLike<number> {
  if (decoded?.kind === "numbers" || decoded?.kind === "sparse") return decoded.values;
  throw new TypeError(`column must hold numbers; got ${decoded?.kind}`);
}
