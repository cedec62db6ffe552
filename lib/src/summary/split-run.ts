import type { Decoded, NumberArray } from "../tables/decode-column.ts";
import type { Level } from "./cells.ts";
import type { RunRows } from "./grouped-samples.ts";

/** The numbers of a column: one a row, or one a code. Missing is NaN. */
export type Numbers =
  | { readonly kind: "whole"; readonly values: NumberArray; readonly hasGaps: boolean }
  | { readonly kind: "coded"; readonly codes: NumberArray; readonly numbers: Float64Array };

/** One column that samples are split by. */
export interface Key {
  readonly isOfRun: boolean;
  codeAt(row: number): number;
  level(code: number): Level;
}

/** Reads a column as numbers: truth values count as 0 and 1. */
export function numbersFrom(column: Decoded): Numbers {
  switch (column.kind) {
    case "texts":
      return { kind: "whole", values: Float64Array.from(column.values, numberOf), hasGaps: true };
    case "coded":
      return { kind: "coded", codes: column.codes, numbers: Float64Array.from(column.words, numberOf) };
    default:
      return { kind: "whole", values: column.values, hasGaps: column.kind === "sparse" };
  }
}

function numberOf(value: string | number | boolean | null): number {
  return value === null ? Number.NaN : Number(value);
}

/** Reads a column as levels; each distinct one has a code. */
export function keyFrom(column: Decoded, isOfRun: boolean): Key {
  if (column.kind === "coded") {
    const distinct = [...new Set(column.words)];
    const codeOfWord = Uint32Array.from(column.words, (word) => distinct.indexOf(word));
    return {
      isOfRun,
      codeAt: (row) => codeOfWord[column.codes[row] as number] as number,
      level: (code) => distinct[code] as Level,
    };
  }
  const codes = new Map<unknown, number>();
  const levels: unknown[] = [];
  const { values } = column;
  return {
    isOfRun,
    codeAt: (row) => {
      const value = values[row];
      const known = codes.get(value);
      if (known !== undefined) return known;
      codes.set(value, levels.length);
      return levels.push(typeof value === "number" && Number.isNaN(value) ? null : value) - 1;
    },
    level: (code) => levels[code] as Level,
  };
}

type Test = (row: number) => boolean;

/**
 * Prepares to split the samples of one run after the other by keys, in the order in which combinations come first;
 * samples that are missing, or of which a condition does not hold, are left out. A run that is kept whole is not copied.
 */
export function splitter(values: Numbers, keys: readonly Key[], conditions: readonly Test[]) {
  const ofSample = keys.filter(({ isOfRun }) => !isOfRun);
  const combinationAt = numberCombinations(ofSample);
  const levelsAt = (row: number) => keys.map((key) => key.level(key.codeAt(row)));
  const numberAt = readerOf(values);

  return (rows: RunRows["rows"]): (readonly [levels: Level[], samples: Float64Array])[] => {
    const whole = ofSample.length + conditions.length === 0 ? wholeRun(values, rows) : null;
    if (whole && !(rows instanceof Uint32Array)) return [[levelsAt(rows.from), whole]];
    const count = rows instanceof Uint32Array ? rows.length : rows.to - rows.from;
    const kept = new Float64Array(count);
    const groupOf = new Uint32Array(count);
    const groups: { row: number; count: number }[] = [];
    const groupOfCombination = new Map<number, number>();
    let size = 0;
    for (let i = 0; i < count; i++) {
      const row = rows instanceof Uint32Array ? (rows[i] as number) : rows.from + i;
      const number = numberAt(row);
      if (Number.isNaN(number) || !conditions.every((holds) => holds(row))) continue;
      const combination = combinationAt(row);
      const group = groupOfCombination.get(combination) ?? groups.push({ row, count: 0 }) - 1;
      groupOfCombination.set(combination, group);
      (groups[group] as { count: number }).count++;
      groupOf[size] = group;
      kept[size++] = number;
    }
    if (groups.length === 1) return groups.map(({ row }) => [levelsAt(row), kept.slice(0, size)]);
    const samples = groups.map((group) => new Float64Array(group.count));
    const filled = new Uint32Array(groups.length);
    for (let i = 0; i < size; i++) {
      const group = groupOf[i] as number;
      const at = filled[group] as number;
      (samples[group] as Float64Array)[at] = kept[i] as number;
      filled[group] = at + 1;
    }
    return groups.map(({ row }, group) => [levelsAt(row), samples[group] as Float64Array]);
  };
}

function wholeRun(values: Numbers, rows: RunRows["rows"]): Float64Array | null {
  if (values.kind === "coded" || values.hasGaps || rows instanceof Uint32Array) return null;
  const part = values.values.subarray(rows.from, rows.to);
  return part instanceof Float64Array ? part : Float64Array.from(part);
}

function readerOf(values: Numbers): (row: number) => number {
  if (values.kind === "whole") return (row) => values.values[row] as number;
  return (row) => values.numbers[values.codes[row] as number] as number;
}

/** Numbers the combinations of codes as they come: each step of the way from key to key has a number of its own. */
function numberCombinations(keys: readonly Key[]): (row: number) => number {
  const steps = new Map<number, number>();
  return (row) => {
    let at = 0;
    for (const key of keys) {
      const step = at * 2 ** 32 + key.codeAt(row);
      const next = steps.get(step) ?? steps.size + 1;
      steps.set(step, next);
      at = next;
    }
    return at;
  };
}
