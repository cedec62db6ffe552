import { lstatSync, readdirSync } from "node:fs";
import { type ColumnTable, table } from "arquero";
import { DataError } from "../measure/study-error.ts";
import { columnOf } from "./column-of.ts";
import { dataFolder, experimentFolder } from "./data-folder.ts";
import type { NumberArray, Word } from "./decode-column.ts";
import type { ExperimentDeclaration } from "./experiment-declaration.ts";
import { type Manifest, manifestFile, readManifest, unfinishedFolder } from "./manifest.ts";
import { type ExperimentTables, readExperiment } from "./read-experiment.ts";
import type { ReadTable } from "./read-table.ts";
import { keepSpans, moveSpans, SampleColumn, type Span } from "./sample-column.ts";
import type { ColumnValues } from "./schema.ts";
import { asideSuffix } from "./write-atomically.ts";

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

/** Decides again which runs are valid, by a row of the runs table. */
export type Validity = (row: Readonly<Record<string, unknown>>) => boolean;

/**
 * Loads an experiment's checked tables from `SCHEDULING_SAFETY_DATA`, by default the reference data.
 *
 * @param validity which runs are valid, where that is to be other than their campaign decided
 * @throws {DataError} beginning with `nothingToLoad` where nothing was measured; else naming the table that is missing,
 * damaged, altered or of another schema.
 */
export function load<E extends ExperimentDeclaration>(
  experiment: E,
  folder = dataFolder(),
  validity?: Validity,
): Dataset<E> {
  const reason = whyNotMeasured(experiment, folder);
  if (reason !== null) {
    throw new DataError(
      `${nothingToLoad}: ${experiment.name} in ${folder}: ${reason}; measure it with \`scheduling-safety run ${experiment.name}\`, on a quieter host if its runs were invalid`,
    );
  }
  const read = readExperiment(experimentFolder(experiment, folder), experiment);
  const tables = validity ? { ...read, runs: revalidated(read.runs, validity) } : read;
  return {
    declaration: experiment,
    experiment: experiment.name,
    host: tables.manifest.host.label,
    runs: table(tables.runs.columns),
    samples: table(samplesOf(experiment, tables)),
    manifest: tables.manifest,
  };
}

/** How the error begins that asks for measurements which do not exist. */
export const nothingToLoad = "experiment has nothing to load";

/**
 * Tells why an experiment has nothing to load from a folder: not measured there, or no valid run; null if it has.
 *
 * @throws {DataError} where something lies there without a manifest that can be read.
 */
export function whyNotMeasured(
  experiment: Pick<ExperimentDeclaration, "name" | "simulated">,
  folder = dataFolder(),
): string | null {
  const own = experimentFolder(experiment, folder);
  if (isUnmeasured(own)) return "not measured";
  const { valid, invalid } = readManifest(own).runs;
  if (valid > 0) return null;
  const rules = Object.entries(invalid).map(([rule, count]) => `${rule} ${count}`);
  return `no valid run (${rules.join(", ")})`;
}

/**
 * Tells whether nothing of an experiment lies in its folder: there is none, it is empty, or a campaign in it has no
 * manifest yet. What
 * cannot be looked into is something: taken for nothing, it would leave verdicts out without a word.
 */
export function isUnmeasured(own: string): boolean {
  try {
    if (lstatSync(own, { throwIfNoEntry: false }) === undefined) return true;
    const entries = readdirSync(own).filter((name) => !name.startsWith(".") && !name.endsWith(asideSuffix));
    // A campaign that ends writes its tables before the manifest; who judges meanwhile is warned that it is unfinished.
    return entries.length === 0 || (entries.includes(unfinishedFolder) && !entries.includes(manifestFile));
  } catch {
    return false;
  }
}

/** The samples of valid runs, with what their runs have in common: neither is read or spelt out before it is asked for. */
function samplesOf({ factors, response }: ExperimentDeclaration, tables: ExperimentTables) {
  const { runs, samples, rowOfSample } = tables;
  const spans = validSpans(columnOf(runs.columns, "valid"), rowOfSample);
  const length = spans.reduce((sum, [from, to]) => sum + to - from, 0);
  const codes = moveSpans(rowOfSample, spans);
  const ofRun = (name: string): [string, SampleColumn] => {
    const words = Array.from(columnOf(runs.columns, name) as Iterable<Word>);
    return [name, new SampleColumn(length, () => ({ kind: "coded", codes, words }))];
  };
  const ofSample = (name: string): [string, SampleColumn] => [
    name,
    new SampleColumn(length, () => keepSpans(samples.column(name), spans)),
  ];
  return Object.fromEntries([
    ofRun("run"),
    ...Object.keys(response).map(ofSample),
    ...["block", "part", ...Object.keys(factors)].map(ofRun),
  ]);
}

function revalidated(runs: ReadTable, validity: Validity): ReadTable {
  const columns = Object.entries(runs.columns);
  const valid = Array.from({ length: runs.rows }, (_, row) =>
    validity(Object.fromEntries(columns.map(([name, values]) => [name, values[row]]))),
  );
  return { ...runs, columns: { ...runs.columns, valid } };
}

function validSpans(valid: ColumnValues, rowOfSample: NumberArray): Span[] {
  const spans: [number, number][] = [];
  for (let i = 0; i < rowOfSample.length; i++) {
    if (valid[rowOfSample[i] as number] !== true) continue;
    const last = spans.at(-1);
    if (last?.[1] === i) last[1] = i + 1;
    else spans.push([i, i + 1]);
  }
  return spans;
}
