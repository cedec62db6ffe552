import type { ColumnTable } from "arquero";
import type { RunOutcome } from "../stats/precision.ts";
import { cellKey } from "../tables/cell-key.ts";
import type { ExperimentDeclaration } from "../tables/experiment-declaration.ts";
import type { Dataset } from "../tables/load.ts";
import { primaryOutcome } from "../tables/primary-outcome.ts";
import type { PrimaryResponse } from "../tables/primary-response.ts";
import type { Columns } from "../tables/schema.ts";

/** Data of an experiment that says what decides how many replicates it needs. */
export type ReplicatedData = Dataset<ExperimentDeclaration & { readonly primary: PrimaryResponse }>;

/** The runs of one scenario of one part of the design, in the order in which they were made. */
export interface CellOutcomes {
  readonly part: string;
  readonly levels: Readonly<Record<string, string | number>>;
  readonly runs: readonly {
    /** Place among the runs that were made, from 0. */
    readonly order: number;
    readonly wallMs: number;
    readonly outcome: RunOutcome | null;
  }[];
}

/** Computes what each run contributed to its scenario's primary response; null for an invalid run. */
export function cellOutcomes(data: ReplicatedData): CellOutcomes[] {
  const { primary } = data.declaration;
  const factors = Object.keys(data.manifest.parameters.factors);
  const runOfRow = data.samples.array("run") as ArrayLike<number>;
  const rowsOfRun = Map.groupBy(Array.from(runOfRow).keys(), (row) => runOfRow[row] as number);
  const columns = new Map<string, ArrayLike<number>>();
  const runs = (data.runs.objects() as RunRow[]).sort((a, b) => a.order - b.order);
  const found = new Map<string, CellOutcomes & { runs: CellOutcomes["runs"][number][] }>();
  for (const [order, run] of runs.entries()) {
    const key = cellKey(run.part, run, factors);
    const levels = Object.fromEntries(factors.map((factor) => [factor, run[factor] as string | number]));
    const cell = found.get(key) ?? { part: run.part, levels, runs: [] };
    found.set(key, cell);
    const rows = rowsOfRun.get(run.run) ?? [];
    const outcome = run.valid ? primaryOutcome(primary, columnsAt(data.samples, rows, columns)) : null;
    cell.runs.push({ order, wallMs: run.wallMs, outcome });
  }
  return [...found.values()];
}

/** What every experiment's table of runs says of each run, beside the levels of its factors. */
interface RunRow extends Readonly<Record<string, unknown>> {
  readonly run: number;
  readonly order: number;
  readonly part: string;
  readonly valid: boolean;
  readonly wallMs: number;
}

/** Cuts the rows of one run out; a column only when it is asked for, and each read once. */
function columnsAt(
  samples: ColumnTable,
  rows: readonly number[],
  read: Map<string, ArrayLike<number>>,
): Columns {
  const columns = {};
  for (const name of samples.columnNames()) {
    const get = () => {
      const values = read.get(name) ?? (samples.array(name) as ArrayLike<number>);
      read.set(name, values);
      return rows.map((row) => values[row]);
    };
    Object.defineProperty(columns, name, { get, enumerable: true });
  }
  return columns;
}
