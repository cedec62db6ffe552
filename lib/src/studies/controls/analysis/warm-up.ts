import { type ColumnTable, from } from "arquero";
import { cells } from "../../../summary/cells.ts";
import { factorOf, quantileOf, type Runs } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import type { Dataset } from "../../../tables/load.ts";

const systems = ["run-queue", "piscina", "pinned", "bare-timer"] as const;
const firstRounds = [0, 1];
const laterRounds = [5, 6, 7, 8, 9];

/**
 * Sets the first two of each probe's ten sleeps against the last five, by system × tasks: p99 of both (ms) and their ratio,
 * which is above 1 where threads have not warmed up.
 */
export function warmUp(data: Dataset): ColumnTable {
  const where = {
    kind: "overhead",
    program: "probe",
    workers: 4,
    cores: "as found",
    heap: "64 MB",
    priority: "equal",
    compiler: "no top tier",
    system: systems,
  };
  const of = (round: readonly number[]) =>
    cells(data, { value: "valueNs", by: ["system", "tasks"], where: { ...where, round } });
  const later = of(laterRounds);
  const rows = of(firstRounds).flatMap((first) => {
    const { system, tasks } = first.levels;
    const last = later.find(({ levels }) => levels["system"] === system && levels["tasks"] === tasks);
    return last ? [{ ...first.levels, runs: first.runs.length, ...compare(first.byRun, last.byRun) }] : [];
  });
  return from(rows);
}

function compare(first: Runs, last: Runs) {
  return {
    ...intervalColumns("first", "Ms", quantileOf(first, 0.99), 1e-6),
    ...intervalColumns("later", "Ms", quantileOf(last, 0.99), 1e-6),
    ...intervalColumns("ratio", "", factorOf(first, last, 0.99)),
  };
}
