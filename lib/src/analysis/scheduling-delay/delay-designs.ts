import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells, type Level } from "../cells.ts";
import { factorOf, quantileOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { mainWorkers } from "../main-workers.ts";

/** The designs compared, by what sets each apart from the original one. */
const designs: readonly { readonly design: string; readonly where: Readonly<Record<string, Level>> }[] = [
  { design: "original", where: { part: "base" } },
  { design: "200 probes", where: { part: "probes", probes: 200 } },
  { design: "500 probes", where: { part: "probes", probes: 500 } },
  { design: "aligned phases", where: { part: "phase", phase: "aligned" } },
  { design: "open loop", where: { part: "load", load: "open-loop" } },
  { design: "sustained blocking", where: { part: "blocking", blocking: "sustained" } },
  { design: "one 150 ms burst", where: { part: "blocking", blocking: "burst" } },
];

/**
 * Measures the cliff under each design: the 99th percentile with one worker left (`below`) and with none (`at`), and
 * the step between them, at the main worker count. A design that was not measured has no rows.
 */
export function delayDesigns(dataset: Dataset): ColumnTable {
  const workers = mainWorkers(dataset);
  const rows = designs.flatMap(({ design, where }) => {
    const found = cells(dataset, {
      value: "overheadNs",
      by: ["executor", "blockers"],
      where: { ...where, source: "probe", workers, blockers: [workers - 1, workers] },
    });
    const executors = [...new Set(found.map(({ levels }) => levels["executor"]))];
    return executors.map((executor) => {
      const at = (blockers: number) =>
        found.find(({ levels }) => levels["executor"] === executor && levels["blockers"] === blockers);
      return { design, executor, workers, ...step(at(workers - 1), at(workers)) };
    });
  });
  return from(rows);
}

function step(below: Cell | undefined, at: Cell | undefined) {
  const [belowRuns, atRuns] = [below?.byRun ?? [], at?.byRun ?? []];
  return {
    runs: belowRuns.length + atRuns.length,
    ...intervalColumns("below", "Ms", quantileOf(belowRuns, 0.99), 1e-6),
    ...intervalColumns("at", "Ms", quantileOf(atRuns, 0.99), 1e-6),
    ...intervalColumns("p50Below", "Ms", quantileOf(belowRuns, 0.5), 1e-6),
    ...intervalColumns("p50At", "Ms", quantileOf(atRuns, 0.5), 1e-6),
    ...intervalColumns("step", "", factorOf(atRuns, belowRuns, 0.99)),
  };
}
