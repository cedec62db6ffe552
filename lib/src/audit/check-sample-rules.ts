import type { SampleRules } from "../studies/sample-rules.ts";
import { columnOf } from "../tables/column-of.ts";
import type { ExperimentTables } from "../tables/read-experiment.ts";
import { plainValues } from "../tables/read-table.ts";
import type { ColumnValues } from "../tables/schema.ts";

/**
 * Checks that samples are such as the study's runs leave them, whatever it found: as many of each kind as the design asks for, words
 * that it knows, no durations below nothing, and no more of some than of all.
 *
 * @returns one message a rule, with the first sample or run that breaks it
 */
export function checkSampleRules(tables: ExperimentTables, rules: SampleRules): string[] {
  const { samples, rowOfSample, runs } = tables;
  const read = (name: string) => plainValues(samples.column(name));
  const runOf = (sample: number) => columnOf(runs.columns, "run")[rowOfSample[sample] as number];
  const foreign = Object.entries(rules.words ?? {}).flatMap(([name, words]) => {
    const values = read(name);
    const at = findIndex(values, (word) => word !== null && !words.includes(String(word)));
    return at === -1
      ? []
      : [`run ${runOf(at)} has the ${name} ${JSON.stringify(values[at])}; there is ${words.join(", ")}`];
  });
  const negative = (rules.notNegative ?? []).flatMap((name) => {
    const values = read(name);
    const at = findIndex(values, (value) => Number(value) < 0);
    return at === -1 ? [] : [`run ${runOf(at)} has ${name} ${values[at]}, which cannot be less than 0`];
  });
  const beyond = (rules.among ?? []).flatMap(([some, all]) => {
    const [part, whole] = [read(some), read(all)];
    const at = findIndex(part, (value, i) => Number(value) > Number(whole[i]));
    return at === -1 ? [] : [`run ${runOf(at)} has ${some} ${part[at]} of ${all} ${whole[at]}`];
  });
  return [...foreign, ...negative, ...beyond, ...checkRows(tables, rules)];
}

/** A loop over columns of millions, without a closure's array of them. */
function findIndex(
  values: ColumnValues,
  is: (value: ColumnValues[number] | undefined, i: number) => boolean,
) {
  for (let i = 0; i < values.length; i++) if (is(values[i], i)) return i;
  return -1;
}

/** A run that lost none has them all, valid or not, unless it left nothing. */
function checkRows({ manifest, samples, rowOfSample, runs }: ExperimentTables, { kind, rows }: SampleRules) {
  if (rows === undefined) return [];
  const kinds = kind === undefined ? null : plainValues(samples.column(kind));
  const found = Array.from({ length: runs.rows }, () => new Map<string, number>());
  for (let i = 0; i < rowOfSample.length; i++) {
    const own = found[rowOfSample[i] as number] as Map<string, number>;
    const key = kinds === null ? "" : String(kinds[i]);
    own.set(key, (own.get(key) ?? 0) + 1);
  }
  const factors = Object.keys(runs.columns).filter((name) => name in manifest.parameters.factors);
  for (const [row, own] of found.entries()) {
    if (own.size === 0 || columnOf(runs.columns, "lostSamples")[row] !== 0) continue;
    const scenario = Object.fromEntries(
      factors.map((name) => [name, columnOf(runs.columns, name)[row] as string | number]),
    );
    const short = Object.entries(rows(scenario)).find(([key, count]) => (own.get(key) ?? 0) !== count);
    if (short === undefined) continue;
    const [key, count] = short;
    return [
      `run ${columnOf(runs.columns, "run")[row]} has ${own.get(key) ?? 0} samples${key && ` of ${key}`}; its design asks for ${count}`,
    ];
  }
  return [];
}
