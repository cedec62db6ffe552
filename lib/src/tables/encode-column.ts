import { type Batch, batchType, Column, type DataType, Type, type TypedArray } from "@uwdata/flechette";
import { storage } from "./column-types.ts";
import type { ColumnType, ColumnValues } from "./schema.ts";

/** Rows of a record batch: readers take a table in pieces of this size, however long it is. */
export const batchRows = 2 ** 17;

/** A code of 16 bits names a word; readers keep the last code for missing ones. */
const mostWords = 2 ** 16 - 1;

/**
 * Lays values out as an Arrow column of one or more batches.
 *
 * Buffers are exactly as long as their rows need. The format lets a buffer be padded, but where one is stored uncompressed
 * among compressed ones its length is all that a reader has to go by, and Polars takes the padding for values.
 */
export function encodeColumn(type: ColumnType, values: ColumnValues): Column<unknown> {
  const arrow = storage[type].arrow();
  const words = arrow.typeId === Type.Dictionary ? dictionaryOf(values, arrow.dictionary) : undefined;
  const batches: Batch<unknown>[] = [];
  for (let from = 0; from === 0 || from < values.length; from += batchRows) {
    const rows = values.slice(from, from + batchRows);
    const batch = new (batchType(arrow))({
      type: arrow,
      ...validityOf(rows),
      ...buffersOf(type, rows, words),
    });
    batches.push(words ? batch.setDictionary(words.column) : batch);
  }
  return new Column(batches, arrow);
}

interface Dictionary {
  readonly codes: ReadonlyMap<string, number>;
  readonly column: Column<string>;
}

/** Words in the order in which they occur first. */
function dictionaryOf(values: ColumnValues, type: DataType): Dictionary {
  const codes = new Map<string, number>();
  for (const value of values) {
    if (typeof value === "string" && !codes.has(value)) codes.set(value, codes.size);
  }
  if (codes.size > mostWords) {
    throw new TypeError(
      `category has ${codes.size} different words; at most ${mostWords} fit: store it as text`,
    );
  }
  const words = [...codes.keys()];
  const batch = new (batchType(type))({ type, ...validityOf(words), ...textBuffers(words) });
  return { codes, column: new Column([batch], type) };
}

function buffersOf(type: ColumnType, rows: ColumnValues, words?: Dictionary) {
  switch (type) {
    case "category":
      return { values: Uint16Array.from(rows, (word) => words?.codes.get(String(word)) ?? 0) };
    case "text":
      return textBuffers(rows);
    case "bool":
      return { values: bitmap(rows, (value) => value === true) };
    case "int64":
      return { values: wholeNumbers(rows) };
    default:
      return { values: fill(storage[type].array, rows) };
  }
}

function validityOf(rows: ColumnValues) {
  let nullCount = 0;
  if (Array.isArray(rows)) for (const value of rows) if (value === null) nullCount++;
  const validity = nullCount === 0 ? new Uint8Array(0) : bitmap(rows, (value) => value !== null);
  return { length: rows.length, nullCount, validity };
}

function bitmap(rows: ColumnValues, isSet: (value: ColumnValues[number]) => boolean): Uint8Array {
  const bits = new Uint8Array((rows.length + 7) >> 3);
  for (let i = 0; i < rows.length; i++) {
    if (isSet(rows[i] as ColumnValues[number])) bits[i >> 3] = (bits[i >> 3] as number) | (1 << (i & 7));
  }
  return bits;
}

function textBuffers(rows: ColumnValues) {
  const texts = Array.from(rows as Iterable<unknown>, (value) =>
    Buffer.from(typeof value === "string" ? value : "", "utf8"),
  );
  const offsets = new Int32Array(texts.length + 1);
  for (const [i, { length }] of texts.entries()) offsets[i + 1] = (offsets[i] as number) + length;
  const joined = Buffer.concat(texts);
  return { offsets, values: new Uint8Array(joined.buffer, joined.byteOffset, joined.length) };
}

/** Writes 64-bit integers by halves, without a BigInt a value; null is stored as 0 under its validity bit. */
function wholeNumbers(rows: ColumnValues): BigInt64Array {
  const values = new BigInt64Array(rows.length);
  const halves = new Uint32Array(values.buffer);
  for (let i = 0; i < rows.length; i++) {
    const value = Number(rows[i]);
    halves[2 * i] = value >>> 0;
    halves[2 * i + 1] = Math.floor(value / 2 ** 32) >>> 0;
  }
  return values;
}

function fill(Values: new (length: number) => TypedArray, rows: ColumnValues): TypedArray {
  const values = new Values(rows.length);
  for (let i = 0; i < rows.length; i++) values[i] = Number(rows[i]);
  return values;
}
