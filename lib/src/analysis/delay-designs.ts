import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../tables/load.ts";
import { type Cell, cells, type Level } from "./cells.ts";
import { intervalColumns } from "./interval-columns.ts";
import { mainWorkers } from "./main-workers.ts";
import { overRuns } from "./over-runs.ts";

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
    ...intervalColumns(
      "below",
      "Ms",
      overRuns([belowRuns], (quantile) => quantile(0, 0.99)),
      1e-6,
    ),
    ...intervalColumns(
      "at",
      "Ms",
      overRuns([atRuns], (quantile) => quantile(0, 0.99)),
      1e-6,
    ),
    ...intervalColumns(
      "p50Below",
      "Ms",
      overRuns([belowRuns], (quantile) => quantile(0, 0.5)),
      1e-6,
    ),
    ...intervalColumns(
      "p50At",
      "Ms",
      overRuns([atRuns], (quantile) => quantile(0, 0.5)),
      1e-6,
    ),
    ...intervalColumns(
      "step",
      "",
      overRuns([belowRuns, atRuns], (quantile) => {
        const [low, high] = [quantile(0, 0.99), quantile(1, 0.99)];
        return low === null || high === null || low <= 0 ? null : high / low;
      }),
    ),
  };
}
