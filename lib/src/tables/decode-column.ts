import { constants as zlib, zstdDecompressSync } from "node:zlib";
import type { ArrowContents, Batch, Source } from "./arrow-file.ts";
import { storage } from "./column-types.ts";
import type { ColumnType } from "./schema.ts";

export type NumberArray = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** A column in memory, without an object a value. */
export type Decoded =
  /** Numbers that are all there; 64-bit integers as float64, exact up to 2^53. */
  | { readonly kind: "numbers"; readonly values: NumberArray }
  /** Numbers of which some are missing: NaN stands for those, and is stored for nothing else. */
  | { readonly kind: "sparse"; readonly values: Float64Array }
  /** Values that repeat: each a code that says which. */
  | { readonly kind: "coded"; readonly codes: NumberArray; readonly words: readonly Word[] }
  | { readonly kind: "texts"; readonly values: readonly (string | null)[] };

export type Word = string | number | boolean | null;

/**
 * Decodes one column of an Arrow file, a batch at a time; no other column is read.
 *
 * @throws {RangeError} or an error of zlib when its bytes are damaged.
 */
export function decodeColumn(
  source: Source,
  contents: ArrowContents,
  column: number,
  type: ColumnType,
): Decoded {
  const pieces = piecesOf(source, contents, column);
  const hasNulls = pieces.some(({ nulls }) => nulls > 0);
  switch (type) {
    case "text":
      return { kind: "texts", values: pieces.flatMap(textsOf) };
    case "bool": {
      const words = hasNulls ? [false, true, null] : [false, true];
      return { kind: "coded", codes: bitsOf(new Uint8Array(contents.rows), pieces), words };
    }
    case "category": {
      const words = wordsOf(source, contents, column);
      const codes = codesOf(new Uint16Array(contents.rows), pieces, words.length);
      return { kind: "coded", codes, words: hasNulls ? [...words, null] : words };
    }
    case "int64": {
      const values = wholeNumbersOf(new Float64Array(contents.rows), pieces);
      return { kind: hasNulls ? "sparse" : "numbers", values };
    }
    default: {
      const values = numbersOf(new storage[type].array(contents.rows), pieces);
      return hasNulls ? { kind: "sparse", values: withGaps(values, pieces) } : { kind: "numbers", values };
    }
  }
}

/** One column's rows of one batch. */
interface Piece {
  /** Where its rows begin in the column. */
  readonly from: number;
  readonly rows: number;
  readonly nulls: number;
  /** Reads its buffer of that number, of at least so many bytes. */
  buffer(number: number, leastBytes: number): Uint8Array<ArrayBuffer>;
}

function piecesOf(source: Source, { schema, batches }: ArrowContents, column: number): Piece[] {
  const counts = schema.fields.map(({ type }) => (type === "text" ? 3 : 2));
  const first = counts.slice(0, column).reduce((sum, count) => sum + count, 0);
  let from = 0;
  return batches.map((batch) => {
    const piece = pieceOf(source, batch, first, batch.nullCounts[column] ?? 0, from);
    from += batch.rows;
    return piece;
  });
}

function pieceOf(source: Source, batch: Batch, first: number, nulls: number, from: number): Piece {
  return {
    from,
    rows: batch.rows,
    nulls,
    buffer: (number, leastBytes) => {
      const place = batch.buffers[first + number];
      if (place === undefined) throw new RangeError("buffer is missing");
      const bytes = inflate(source.read(...place), batch.compressed);
      if (bytes.length < leastBytes)
        throw new RangeError(`buffer has ${bytes.length} of ${leastBytes} bytes`);
      // Views of more than a byte begin at the start of their memory.
      return bytes.byteOffset === 0 ? bytes : new Uint8Array(bytes);
    },
  };
}

function numbersOf<T extends NumberArray>(values: T, pieces: readonly Piece[]): T {
  const width = values.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(values.buffer);
  for (const { from, rows, buffer } of pieces) {
    bytes.set(buffer(1, rows * width).subarray(0, rows * width), from * width);
  }
  return values;
}

/** Reads 64-bit integers as numbers by halves: 1 ns a value, 20 times faster than through BigInt. */
function wholeNumbersOf(values: Float64Array, pieces: readonly Piece[]): Float64Array {
  for (const piece of pieces) {
    const { from, rows } = piece;
    const halves = new Int32Array(piece.buffer(1, 8 * rows).buffer, 0, 2 * rows);
    for (let i = 0; i < rows; i++) {
      values[from + i] = (halves[2 * i + 1] as number) * 2 ** 32 + ((halves[2 * i] as number) >>> 0);
    }
  }
  return markGaps(values, pieces, Number.NaN);
}

function withGaps(values: NumberArray, pieces: readonly Piece[]): Float64Array {
  return markGaps(values instanceof Float64Array ? values : Float64Array.from(values), pieces, Number.NaN);
}

function codesOf(codes: Uint16Array, pieces: readonly Piece[], words: number): Uint16Array {
  const marked = markGaps(numbersOf(codes, pieces), pieces, words);
  const largest = marked.reduce((most, code) => Math.max(most, code), 0);
  if (
    largest > words ||
    (marked.length > 0 && largest === words && pieces.every(({ nulls }) => nulls === 0))
  ) {
    throw new RangeError(`code ${largest} of ${words} words`);
  }
  return marked;
}

function bitsOf(codes: Uint8Array, pieces: readonly Piece[]): Uint8Array {
  for (const { from, rows, buffer } of pieces) {
    const bits = buffer(1, (rows + 7) >> 3);
    for (let i = 0; i < rows; i++) codes[from + i] = ((bits[i >> 3] as number) >> (i & 7)) & 1;
  }
  return markGaps(codes, pieces, 2);
}

/** Bit i of an Arrow validity map says whether value i is there. */
function markGaps<T extends NumberArray>(values: T, pieces: readonly Piece[], mark: number): T {
  for (const { from, rows, nulls, buffer } of pieces) {
    if (nulls === 0) continue;
    const validity = buffer(0, (rows + 7) >> 3);
    for (let i = 0; i < rows; i++) {
      if ((((validity[i >> 3] as number) >> (i & 7)) & 1) === 0) values[from + i] = mark;
    }
  }
  return values;
}

function wordsOf(source: Source, { schema, dictionaries }: ArrowContents, column: number): string[] {
  const batch = dictionaries.get(schema.fields[column]?.dictionary ?? -1);
  if (batch === undefined) throw new RangeError("dictionary is missing");
  return textsOf(pieceOf(source, batch, 0, 0, 0)).map(String);
}

function textsOf({ rows, nulls, buffer }: Piece): (string | null)[] {
  const offsets = new Int32Array(buffer(1, 4 * (rows + 1)).buffer, 0, rows + 1);
  const bytes = buffer(2, offsets[rows] as number);
  const validity = nulls === 0 ? null : buffer(0, (rows + 7) >> 3);
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return Array.from({ length: rows }, (_, i) => {
    if (validity && (((validity[i >> 3] as number) >> (i & 7)) & 1) === 0) return null;
    return text.decode(bytes.subarray(offsets[i], offsets[i + 1]));
  });
}

/** How much larger than its compressed bytes a buffer may be: no column of ours comes near, a bomb is beyond. */
const mostInflation = 2 ** 17;

function inflate(bytes: Uint8Array<ArrayBuffer>, compressed: boolean): Uint8Array<ArrayBuffer> {
  if (!compressed || bytes.length === 0) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getInt32(4, true) * 2 ** 32 + view.getUint32(0, true);
  const body = bytes.subarray(8);
  if (length === -1) return body;
  if (length < 0 || length > body.length * mostInflation) throw new RangeError(`buffer of ${length} bytes`);
  if (length === 0) return new Uint8Array(0);
  // One chunk as large as the result: in the default chunks of 16 KB reading takes three times as long.
  const chunkSize = Math.max(zlib.Z_MIN_CHUNK, length);
  const inflated = zstdDecompressSync(body, { chunkSize, maxOutputLength: length });
  if (inflated.length !== length) throw new RangeError(`buffer has ${inflated.length} of ${length} bytes`);
  return inflated;
}
