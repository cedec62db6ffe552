import { isDeepStrictEqual } from "node:util";
import type { Experiment } from "../design/experiment.ts";
import type { RunRow } from "../harness/part.ts";
import type { Plan } from "../harness/plan.ts";
import { Replication } from "../harness/replication.ts";
import { cellKey } from "../tables/cell-key.ts";
import { columnOf } from "../tables/column-of.ts";
import type { CellRecord, Manifest } from "../tables/manifest.ts";
import type { ExperimentTables } from "../tables/read-experiment.ts";
import { isFormer } from "./former-data.ts";
import { readerOfRuns, type SpanOfRun } from "./samples-of-runs.ts";

type Said = NonNullable<Manifest["replication"]>;

/**
 * Follows a campaign again, run by run from its tables: which runs the runs before them asked for, how each scenario's
 * replicates ended and how precise they are; and compares with what its manifest says. Empty where replicates are fixed.
 *
 * @param plan its jobs, those that were not needed included; of an earlier design, the jobs that were done
 * @returns one message a difference
 */
export function checkReplication(
  tables: ExperimentTables,
  spans: readonly SpanOfRun[],
  experiment: Experiment,
  plan: Plan,
): string[] {
  const { manifest, runs } = tables;
  if (manifest.replication === undefined) return [];
  const samplesOf = readerOfRuns(tables);
  const rowOfRun = new Map(Array.from(columnOf(runs.columns, "run"), (run, row) => [run, row]));
  const names = Object.keys(runs.columns);
  const replication = new Replication(experiment, plan);
  const former = isFormer(tables);
  for (const job of plan.jobs) {
    const row = rowOfRun.get(job.run);
    const needed = replication.needs(job);
    if (!former && needed !== (row !== undefined)) {
      return [
        `run ${job.run} ${needed ? "is missing, though the runs before it ask for it" : "was made, though the runs before it sufficed"}`,
      ];
    }
    if (row === undefined) continue;
    const values: RunRow = Object.fromEntries(
      names.map((name) => [name, columnOf(runs.columns, name)[row] ?? null]),
    );
    try {
      replication.add(job, { row: values, samples: samplesOf(spans[row] as SpanOfRun) });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return [`run ${job.run} has samples from which its response cannot be computed: ${error.message}`];
    }
  }
  const again = replication.describe();
  return [
    ...checkRule(manifest.replication, again),
    ...checkCells(manifest.replication, again, Object.keys(experiment.factors), former),
  ];
}

function checkRule({ cells: _, ...said }: Said, { cells: __, ...again }: Said): string[] {
  if (isDeepStrictEqual(said, again)) return [];
  return [
    `manifest says replication is by ${JSON.stringify(said)}; derived again it is by ${JSON.stringify(again)}`,
  ];
}

function checkCells(
  { cells: said }: Said,
  { cells: again, minimum, within }: Said,
  factors: readonly string[],
  former: boolean,
): string[] {
  const keyOf = ({ part, levels }: CellRecord) => cellKey(part, levels, factors);
  const records = Map.groupBy(said, keyOf);
  if (said.length !== again.length || records.size !== again.length) {
    return [
      `manifest says how ${said.length} scenarios ended, ${records.size} of them different ones; the design has ${again.length}`,
    ];
  }
  const isSame = former ? sameAsFormerly(minimum, within) : sameAsToday;
  return again
    .flatMap((cell) => {
      const found = records.get(keyOf(cell))?.[0];
      if (found && isSame(found, cell)) return [];
      return [
        `manifest says replication.cells has ${JSON.stringify(found)}; derived again it is ${JSON.stringify(cell)}`,
      ];
    })
    .slice(0, 1);
}

/** Another machine's logarithm may differ in its last digit, which may round the four digits of a precision otherwise. */
const precisionTolerance = 1e-3;

function sameAsToday(said: CellRecord, again: CellRecord): boolean {
  return isAsPrecise(said.precision, again.precision) && said.ended === again.ended && sameRuns(said, again);
}

function isAsPrecise(said: number | null, again: number | null): boolean {
  if (said === null || again === null) return said === again;
  return Math.abs(said - again) <= precisionTolerance * again;
}

/** Former campaigns took their intervals otherwise, none of them wider than today's; what followed from them did as today. */
function sameAsFormerly(minimum: number, within: number) {
  return (said: CellRecord, again: CellRecord): boolean => {
    const precision = said.precision ?? Number.POSITIVE_INFINITY;
    const isPrecise = said.valid >= minimum && precision <= within;
    const most = again.precision ?? Number.POSITIVE_INFINITY;
    return (
      precision <= most * (1 + precisionTolerance) &&
      isPrecise === (said.ended === "precise") &&
      sameRuns(said, again)
    );
  };
}

function sameRuns(said: CellRecord, again: CellRecord): boolean {
  return (
    said.cap === again.cap &&
    said.runs === again.runs &&
    said.valid === again.valid &&
    said.savedMs === again.savedMs &&
    isDeepStrictEqual(said.levels, again.levels)
  );
}
