import type { ColumnTable } from "arquero";
import type { Decoded, NumberArray, Word } from "../tables/decode-column.ts";
import { SampleColumn } from "../tables/sample-column.ts";

/** The rows of one run within a table's samples. */
export interface RunRows {
  readonly run: number;
  /** Ascending; an interval of rows where a run's samples lie together, as campaigns write them. */
  readonly rows: Uint32Array | { readonly from: number; readonly to: number };
}

/** What was taken out of a table, which arquero copies each time it is asked. */
interface Taken {
  readonly columns: Map<string, Decoded>;
  runs?: readonly RunRows[];
}

const taken = new WeakMap<ColumnTable, Taken>();

/** Takes a column out of a table of samples, as it lies in memory where it can be; read once and for all. */
export function columnFrom(samples: ColumnTable, name: string): Decoded {
  const { columns } = takenFrom(samples);
  const column = columns.get(name) ?? decode(samples, name);
  columns.set(name, column);
  return column;
}

/** Lists the rows of each run, in the order in which runs come first. */
export function rowsByRun(samples: ColumnTable): readonly RunRows[] {
  const known = takenFrom(samples);
  known.runs ??= groupByRun(columnFrom(samples, "run"));
  return known.runs;
}

function takenFrom(samples: ColumnTable): Taken {
  const known = taken.get(samples) ?? { columns: new Map() };
  taken.set(samples, known);
  return known;
}

function decode(samples: ColumnTable, name: string): Decoded {
  const column: unknown = samples.column(name);
  const asStored = !samples.isFiltered() && !samples.isOrdered();
  if (asStored && column instanceof SampleColumn) return column.decoded;
  return encode(samples.array(name) as readonly Word[]);
}

/** Numbers stay numbers; everything else that repeats gets a code. */
function encode(values: readonly Word[]): Decoded {
  if (values.every((value) => typeof value === "number" && !Number.isNaN(value))) {
    return { kind: "numbers", values: Float64Array.from(values as readonly number[]) };
  }
  const codes = new Map<Word, number>();
  const coded = Uint32Array.from(values, (value) => {
    const word = value ?? null;
    const code = codes.get(word) ?? codes.size;
    codes.set(word, code);
    return code;
  });
  return { kind: "coded", codes: coded, words: [...codes.keys()] };
}

function groupByRun(run: Decoded): RunRows[] {
  const [keys, name] =
    run.kind === "coded"
      ? [run.codes, (code: number) => Number(run.words[code])]
      : [run.values as NumberArray, (number: number) => number];
  const spans = new Map<number, { from: number; to: number }[]>();
  for (let from = 0; from < keys.length; ) {
    const key = keys[from] as number;
    let to = from + 1;
    while (to < keys.length && keys[to] === key) to++;
    const ofRun = spans.get(key);
    if (ofRun === undefined) spans.set(key, [{ from, to }]);
    else ofRun.push({ from, to });
    from = to;
  }
  return Array.from(spans, ([key, ofRun]) => {
    const [only] = ofRun;
    return { run: name(key), rows: only && ofRun.length === 1 ? only : listRows(ofRun) };
  });
}

function listRows(spans: readonly { readonly from: number; readonly to: number }[]): Uint32Array {
  return Uint32Array.from(
    spans.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)),
  );
}
