import type { ColumnTable } from "arquero";
import { type Handed, pascal } from "../../summary/handed.ts";
import type { Dataset } from "../../tables/load.ts";

/** The tables that the blocking-sources notebook has made. */
export interface BlockingSourcesSummaries {
  readonly holds: ColumnTable;
  readonly probes: ColumnTable;
}

type Row = Readonly<Record<string, unknown>>;

/** Holds shorter than this may be lost among the delays of a healthy pool. */
const leastHoldMs = 20;

/** Names the numbers that the article cites, those of each source by its name; null where one was not measured. */
export function blockingSourcesValues(dataset: Dataset, { holds, probes }: BlockingSourcesSummaries): Handed {
  const { runs } = dataset.manifest;
  const held = holds.objects() as Row[];
  const felt = probes.objects() as Row[];
  const long = new Set(
    held.filter((row) => Number(row["holdMs"]) >= leastHoldMs).map(({ source }) => source),
  );
  const longFelt = felt.filter(({ source }) => long.has(source));
  const values: Record<string, number | string | null> = {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    sources: held.length,
    longSources: long.size,
    asExpected: held.filter(({ found, expected }) => found === expected).length,
    ...extreme("factorLeast", longFelt, "factor", Math.min),
    ...extreme("belowFactorMost", longFelt, "belowFactor", Math.max),
    ...extreme("feltLeast", longFelt, "feltShare", Math.min),
    ...extreme("feltMost", longFelt, "feltShare", Math.max),
  };
  for (const row of held) {
    const name = pascal(String(row["source"])).replaceAll("-", "");
    values[`hold${name}Ms`] = number(row["holdMs"]);
    values[`longest${name}Ms`] = number(row["longestMs"]);
    values[`cpu${name}Share`] = number(row["cpuShare"]);
  }
  for (const row of felt) {
    const name = pascal(String(row["source"])).replaceAll("-", "");
    values[`below${name}Ms`] = number(row["belowP75Ms"]);
    values[`full${name}Ms`] = number(row["fullP75Ms"]);
  }
  return values;
}

/** The extreme value of a column, and the source it belongs to. */
function extreme(name: string, rows: readonly Row[], column: string, pick: typeof Math.min) {
  const known = rows.filter((row) => typeof row[column] === "number");
  const value = known.length === 0 ? null : pick(...known.map((row) => Number(row[column])));
  const source = known.find((row) => row[column] === value)?.["source"];
  return { [name]: value, [`${name}Source`]: typeof source === "string" ? source : null };
}

function number(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
