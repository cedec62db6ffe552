import { type ArrowSchema, decodeSchema } from "./arrow-schema.ts";
import { FlatTable } from "./flat-table.ts";

/** Anything that yields pieces of an Arrow file. */
export interface Source {
  readonly size: number;
  read(offset: number, length: number): Uint8Array<ArrayBuffer>;
}

/** Where the rows of a record batch, or the words of a dictionary, lie in the file. */
export interface Batch {
  readonly rows: number;
  readonly compressed: boolean;
  /** Missing values of each column. */
  readonly nullCounts: readonly number[];
  /** Place and length of each buffer in the file (bytes), columns one after the other. */
  readonly buffers: readonly (readonly [at: number, length: number])[];
}

/** An Arrow file's table of contents: read it first, then only the buffers that are asked for. */
export interface ArrowContents {
  readonly schema: ArrowSchema;
  readonly rows: number;
  readonly batches: readonly Batch[];
  /** Words by number of the dictionary. */
  readonly dictionaries: ReadonlyMap<number, Batch>;
}

const magic = "ARROW1";
const zstd = 1;

/**
 * Reads the table of contents of an Arrow IPC file.
 *
 *     ARROW1 ∙ schema ∙ dictionaries ∙ batch ∙ batch ∙ … ∙ footer ∙ its length ∙ ARROW1
 *                                      └ metadata, then each column's buffers
 *
 * @throws {RangeError} when it is damaged, or uses a part of the format that we do not write.
 * @see https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format
 */
export function readContents(source: Source): ArrowContents {
  const tail = source.read(source.size - 10, 10);
  const footerLength = new DataView(tail.buffer).getUint32(0, true);
  const footer = FlatTable.root(source.read(source.size - 10 - footerLength, footerLength));
  const schema = footer.table(1);
  if (schema === null) throw new RangeError("no schema");
  const blocks = (field: number) =>
    footer.structs(field, 24, [0, 8, 16]).map((block) => readBlock(source, block));
  const dictionaries = blocks(2).map(({ header, body }) => decodeDictionary(header, body));
  const batches = blocks(3).map(({ header, body }) => decodeBatch(header, body));
  return {
    schema: decodeSchema(schema),
    rows: batches.reduce((sum, { rows }) => sum + rows, 0),
    batches,
    dictionaries: new Map(dictionaries),
  };
}

/** Tells what is wrong with the ends of a file, which say whether it is a whole Arrow file; null if nothing is. */
export function brokenEnds(source: Source): "not an Arrow file" | "truncated" | null {
  const textAt = (at: number) => Buffer.from(source.read(at, magic.length)).toString("latin1");
  if (source.size < magic.length || textAt(0) !== magic) return "not an Arrow file";
  return source.size < 2 * magic.length + 8 || textAt(source.size - magic.length) !== magic
    ? "truncated"
    : null;
}

interface Body {
  readonly at: number;
  readonly length: number;
}

/** A block's second number is its metadata's length in 32 bits; the other half is padding. */
function readBlock(source: Source, block: readonly number[]): { header: FlatTable; body: Body } {
  const [at = 0, packed = 0, length = 0] = block;
  const metadataLength = packed >>> 0;
  const message = FlatTable.root(source.read(at + 8, metadataLength - 8));
  const header = message.table(2);
  if (header === null) throw new RangeError("message without a header");
  if (at + metadataLength + length > source.size) throw new RangeError("body leaves the file");
  return { header, body: { at: at + metadataLength, length } };
}

function decodeDictionary(header: FlatTable, body: Body): [number, Batch] {
  const data = header.table(1);
  if (data === null) throw new RangeError("dictionary without words");
  if (header.int8(2, 0) !== 0) throw new RangeError("dictionary in pieces");
  return [header.int64(0, 0), decodeBatch(data, body)];
}

function decodeBatch(header: FlatTable, body: Body): Batch {
  const compression = header.table(3);
  if (compression && (compression.int8(0, 0) !== zstd || compression.int8(1, 0) !== 0)) {
    throw new RangeError("another compression than zstd");
  }
  const buffers = header.structs(2, 16, [0, 8]).map(([offset = 0, length = 0]): [number, number] => {
    if (!(offset >= 0 && length >= 0 && offset + length <= body.length)) {
      throw new RangeError("buffer leaves its body");
    }
    return [body.at + offset, length];
  });
  const rows = header.int64(0, 0);
  if (!(rows >= 0 && rows < 2 ** 31)) throw new RangeError(`batch of ${rows} rows`);
  return {
    rows,
    compressed: compression !== null,
    nullCounts: header.structs(1, 16, [8]).map(([count = 0]) => count),
    buffers,
  };
}
