import { cellKey } from "../tables/cell-key.ts";
import { columnOf } from "../tables/column-of.ts";
import type { OpenTable } from "../tables/open-table.ts";
import type { ExperimentTables } from "../tables/read-experiment.ts";
import type { Schema } from "../tables/schema.ts";

/**
 * Valid runs of one scenario do the same work, so they have about as many samples: arrivals at random vary by a tenth, what is
 * counted over a time by a sixth, and what is counted while a few calls of half a second last, by six tenths. Half a run is twice
 * as far.
 */
const mostApart = 1.8;

/** Checks that no run lacks samples that the other runs of its scenario have. */
export function checkSamples(tables: ExperimentTables): string[] {
  const { runs, manifest } = tables;
  const counts = countSamples(tables);
  const factors = Object.keys(manifest.parameters.factors);
  const [run, part, valid] = ["run", "part", "valid"].map((name) => columnOf(runs.columns, name));
  const levels = factors.map((name) => [name, columnOf(runs.columns, name)] as const);
  const validRows = Array.from(counts.keys()).filter((row) => valid?.[row] === true);
  const cells = Map.groupBy(validRows, (row) =>
    cellKey(part?.[row], Object.fromEntries(levels.map(([name, values]) => [name, values[row]])), factors),
  );
  return [...cells.values()].flatMap((rows) => {
    const sorted = rows.map((row) => counts[row] as number).sort((a, b) => a - b);
    const usual = sorted[sorted.length >> 1] as number;
    const odd = rows.find(
      (row) => Math.max(usual / (counts[row] as number), (counts[row] as number) / usual) > mostApart,
    );
    if (odd === undefined) return [];
    return [`run ${run?.[odd]} has ${counts[odd]} samples; the runs of its scenario have ${usual}`];
  });
}

/** Counts the samples of each run, by its row in the runs table. */
export function countSamples({
  runs,
  rowOfSample,
}: Pick<ExperimentTables, "runs" | "rowOfSample">): Uint32Array {
  const counts = new Uint32Array(runs.rows);
  for (let i = 0; i < rowOfSample.length; i++) {
    const row = rowOfSample[i] as number;
    counts[row] = (counts[row] as number) + 1;
  }
  return counts;
}

/** Checks that columns are what the schema declares, in its units: numbers would read alike. */
export function checkDescriptions(
  { path, described }: Pick<OpenTable, "path" | "described">,
  schema: Schema,
): string[] {
  return Object.entries(schema).flatMap(([name, declared]) =>
    (["unit", "meaning"] as const)
      .filter((what) => described[name]?.[what] !== declared[what])
      .map(
        (what) =>
          `column ${name} of ${path} has the ${what} "${described[name]?.[what]}"; the schema declares "${declared[what]}"`,
      ),
  );
}
