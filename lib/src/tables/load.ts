import { existsSync } from "node:fs";
import { join } from "node:path";
import { type ColumnTable, table } from "arquero";
import { DataError } from "../measure/study-error.ts";
import { columnOf } from "./column-of.ts";
import { dataFolder } from "./data-folder.ts";
import type { ExperimentDeclaration } from "./experiment-declaration.ts";
import { type Manifest, manifestFile, readManifest } from "./manifest.ts";
import { readExperiment } from "./read-experiment.ts";
import type { Columns, ColumnValues } from "./schema.ts";

/** One experiment's measurements on one host. */
export interface Dataset<E extends ExperimentDeclaration = ExperimentDeclaration> {
  /** Says which columns there are and what they mean. */
  readonly declaration: E;
  readonly experiment: string;
  /** What the host is, such as "intel-xeon-2-cores". */
  readonly host: string;
  /** One row a run, invalid runs included; columns as in `data/README.md`. */
  readonly runs: ColumnTable;
  /** Samples of the valid runs, each with its run's block, part and factor levels. */
  readonly samples: ColumnTable;
  readonly manifest: Manifest;
}

/**
 * Loads an experiment's checked tables from `SCHEDULING_SAFETY_DATA`, by default the reference data.
 *
 * @throws {DataError} beginning with `nothingToLoad` where nothing was measured; else naming the table that is missing,
 * damaged, altered or of another schema.
 */
export function load<E extends ExperimentDeclaration>(experiment: E, folder = dataFolder()): Dataset<E> {
  const reason = whyNotMeasured(experiment.name, folder);
  if (reason !== null) {
    throw new DataError(
      `${nothingToLoad}: ${experiment.name} in ${folder}: ${reason}; measure it with \`scheduling-safety run ${experiment.name}\`, on a quieter host if its runs were invalid`,
    );
  }
  const { manifest, runs, samples } = readExperiment(join(folder, experiment.name), experiment);
  const joined = joinFactors(
    ["block", "part", ...Object.keys(experiment.factors)],
    runs.columns,
    samples.columns,
  );
  return {
    declaration: experiment,
    experiment: experiment.name,
    host: manifest.host.label,
    runs: table(runs.columns),
    samples: table(joined),
    manifest,
  };
}

/** How the error begins that asks for measurements which do not exist. */
export const nothingToLoad = "experiment has nothing to load";

/** Tells why an experiment has nothing to load from a folder: not measured there, or no valid run; null if it has. */
export function whyNotMeasured(experiment: string, folder = dataFolder()): string | null {
  const own = join(folder, experiment);
  if (!existsSync(join(own, manifestFile))) return "not measured";
  const { valid, invalid } = readManifest(own).runs;
  if (valid > 0) return null;
  const rules = Object.entries(invalid).map(([rule, count]) => `${rule} ${count}`);
  return `no valid run (${rules.join(", ")})`;
}

/** Copies the run columns beside each sample of a valid run: a gather by row number, not a join by key. */
function joinFactors(names: readonly string[], runs: Columns, samples: Columns): Columns {
  const rowOfRun = new Map(Array.from(columnOf(runs, "run"), (run, row) => [run, row]));
  const rowOfSample = Uint32Array.from(columnOf(samples, "run"), (run) => rowOfRun.get(run) ?? 0);
  const valid = columnOf(runs, "valid");
  const kept = rowOfSample.every((row) => valid[row] === true)
    ? undefined
    : Uint32Array.from(rowOfSample.keys()).filter((i) => valid[rowOfSample[i] as number] === true);
  const keptRow = kept ? gather(rowOfSample, kept) : rowOfSample;
  const own = Object.entries(samples).map(([name, values]) => [name, kept ? gather(values, kept) : values]);
  const ofRun = names.map((name) => [name, gather(columnOf(runs, name), keptRow as Uint32Array)]);
  return Object.fromEntries([...own, ...ofRun]);
}

function gather(values: ColumnValues, rows: Uint32Array): ColumnValues {
  if (Array.isArray(values)) {
    const gathered = new Array<ColumnValues[number]>(rows.length);
    for (let i = 0; i < rows.length; i++) gathered[i] = values[rows[i] as number];
    return gathered as ColumnValues;
  }
  const numbers = values as Float64Array;
  const gathered = new (numbers.constructor as Float64ArrayConstructor)(rows.length);
  for (let i = 0; i < rows.length; i++) gathered[i] = numbers[rows[i] as number] as number;
  return gathered;
}
