import { join } from "node:path";
import * as v from "valibot";
import { parseJson } from "../measure/parse-json.ts";
import { DataError } from "../measure/study-error.ts";
import type { Conditions } from "../measure/watch-conditions.ts";
import type { ExperimentDeclaration } from "../tables/experiment-declaration.ts";
import { readTable } from "../tables/read-table.ts";
import { runsSchema } from "../tables/runs-schema.ts";
import { samplesSchema } from "../tables/samples-schema.ts";
import type { Columns, ColumnType, Schema } from "../tables/schema.ts";
import { writeTable } from "../tables/write-table.ts";
import type { Job } from "./job.ts";

/** One row of `runs.arrow`, column to value. */
export type RunRow = Readonly<Record<string, number | string | boolean | null>>;

/** What a run leaves behind: its samples, and its row of the runs table beside the schema. One file, so it is whole. */
export interface Part {
  readonly row: RunRow;
  readonly samples: Columns;
}

/** What is known of a run when it has ended, well or not. */
export interface RunOutcome extends Conditions {
  readonly startedMs: number;
  readonly invalidReason: string | null;
  readonly dispatcherDelayP99Ns: number | null;
  readonly lostSamples: number;
}

/** Names the part of a run within the folder of an unfinished campaign. */
export function partPath(folder: string, run: number): string {
  return join(folder, `run-${String(run).padStart(6, "0")}.arrow`);
}

/**
 * Writes a run's part; `samples` lack the run column, and are absent when the run did not end.
 *
 * @param plan fingerprint of the campaign the part belongs to.
 */
export function writePart(
  path: string,
  plan: string,
  experiment: ExperimentDeclaration,
  job: Job,
  outcome: RunOutcome,
  samples: Columns = noSamples(experiment.response),
): void {
  const { scenario, ...place } = job;
  const row: RunRow = { ...place, ...scenario, ...outcome, valid: outcome.invalidReason === null };
  const length = Object.values(samples)[0]?.length ?? 0;
  const run = new Uint32Array(length).fill(job.run);
  writeTable(path, samplesSchema(experiment), { run, ...samples }, { plan, row: JSON.stringify(row) });
}

/**
 * Reads a run's part back.
 *
 * @throws {DataError} when it is missing, damaged or of another campaign.
 */
export function readPart(path: string, plan: string, experiment: ExperimentDeclaration): Part {
  const { columns, metadata } = readTable(path, samplesSchema(experiment));
  const { plan: itsPlan, row } = metadata;
  if (itsPlan !== plan || row === undefined) {
    throw new DataError(`part of a run belongs to another campaign: ${path}; delete it`);
  }
  const remedy = "delete it, and run the same command again";
  return {
    row: parseJson(row, rowSchema(experiment), { noun: "row of a run's part", path, remedy }),
    samples: columns,
  };
}

/** What a row must look like follows from the columns of the runs table. */
function rowSchema(experiment: ExperimentDeclaration): v.GenericSchema<unknown, RunRow> {
  const columns = Object.entries(runsSchema(experiment));
  return v.strictObject(
    Object.fromEntries(
      columns.map(([name, { type, nullable }]) => {
        const value = rowValueOf[type];
        return [name, nullable ? v.nullable(value) : value];
      }),
    ),
  );
}

type RowValue = v.GenericSchema<unknown, number | string | boolean>;
const number: RowValue = v.number();
const rowValueOf: Readonly<Record<ColumnType, RowValue>> = {
  int64: number,
  int32: number,
  uint32: number,
  uint16: number,
  uint8: number,
  float64: number,
  bool: v.boolean(),
  text: v.string(),
  category: v.union([v.string(), v.number()]),
};

function noSamples(response: Schema): Columns {
  return Object.fromEntries(Object.keys(response).map((name) => [name, []]));
}
