import { createHash } from "node:crypto";
import { DataError } from "../measure/study-error.ts";
import { type ArrowContents, brokenEnds, readContents } from "./arrow-file.ts";
import { type Decoded, decodeColumn } from "./decode-column.ts";
import type { TableRecord } from "./manifest.ts";
import { type OpenFile, openRegularFile } from "./regular-file.ts";
import type { Schema } from "./schema.ts";

/** A table whose columns are read from its file when they are asked for. */
export interface OpenTable {
  readonly path: string;
  readonly rows: number;
  readonly metadata: Readonly<Record<string, string>>;
  /** The schema that the file has, of those it may have. */
  readonly schema: Schema;
  /** Unit and meaning of each column, as the file has them. */
  readonly described: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Reads one column.
   *
   * @throws {DataError} when the file was replaced meanwhile, or is damaged.
   */
  column(name: string): Decoded;
  /**
   * Reads some columns batch by batch, each a part of all rows: what is larger than memory passes through it.
   *
   * @throws {DataError} as `column` does.
   */
  pieces(...names: readonly string[]): Generator<readonly Decoded[]>;
}

export const remedy = "restore it from version control, or measure again with `scheduling-safety run`";

/**
 * Opens an Arrow IPC file and checks that it holds exactly the schema's columns: names, order, types; or those of one of the
 * earlier schemas that files of before have. With a record, its
 * size and content are checked against it before anything is decoded: what a stranger wrote never reaches the decoder.
 *
 * @throws {DataError} naming the table when it is missing, no regular file, truncated, altered, damaged, incomplete or of
 * another schema.
 */
export function openTable(
  path: string,
  current: Schema,
  record?: TableRecord,
  earlier: readonly Schema[] = [],
): OpenTable {
  return withFile(path, (file) => {
    const broken = brokenEnds(file);
    if (broken !== null) {
      const size = broken === "truncated" ? `: ${path} ends after ${file.size} bytes` : `: ${path}`;
      throw new DataError(`table is ${broken}${size}; ${remedy}`);
    }
    if (record) checkContent(path, file, record);
    const contents = readContents(file);
    const schema = earlier.find((one) => differsAt(one, contents) === null) ?? current;
    checkSchema(path, schema, contents);
    if (record && contents.rows !== record.rows) {
      throw new DataError(
        `table is incomplete: ${path} has ${contents.rows} rows, its manifest says ${record.rows}; ${remedy}`,
      );
    }
    const { fields, metadata } = contents.schema;
    const { version } = file;
    return {
      path,
      rows: contents.rows,
      schema,
      metadata,
      described: Object.fromEntries(fields.map((field) => [field.name, field.metadata])),
      column: (name) => readColumn(path, version, contents, schema, name),
      *pieces(...names) {
        for (const batch of contents.batches) {
          const part = { ...contents, rows: batch.rows, batches: [batch] };
          yield names.map((name) => readColumn(path, version, part, schema, name));
        }
      },
    };
  });
}

function readColumn(
  path: string,
  version: string,
  contents: ArrowContents,
  schema: Schema,
  name: string,
): Decoded {
  const declaration = schema[name];
  if (!declaration) throw new TypeError(`column is missing: ${name}`);
  return withFile(path, (file) => {
    if (file.version !== version) {
      throw new DataError(`table was replaced while it was read: ${path}; run the command again`);
    }
    return decodeColumn(file, contents, Object.keys(schema).indexOf(name), declaration.type);
  });
}

function withFile<T>(path: string, use: (file: OpenFile) => T): T {
  const file = openRegularFile(path, "table", remedy);
  try {
    return use(file);
  } catch (cause) {
    if (cause instanceof DataError || cause instanceof TypeError) throw cause;
    throw new DataError(`table is damaged: ${path} (${String(cause)}); ${remedy}`, { cause });
  } finally {
    file.close();
  }
}

const pieceBytes = 2 ** 20;

function checkContent(path: string, file: OpenFile, { bytes, sha256 }: TableRecord): void {
  if (file.size !== bytes) {
    throw new DataError(
      `table was altered: ${path} has ${file.size} bytes, its manifest says ${bytes}; ${remedy}`,
    );
  }
  const hash = createHash("sha256");
  for (let at = 0; at < bytes; at += pieceBytes) hash.update(file.read(at, Math.min(pieceBytes, bytes - at)));
  const found = hash.digest("hex");
  if (found === sha256) return;
  throw new DataError(
    `table was altered: ${path} has SHA-256 ${found.slice(0, 12)}…, its manifest says ${sha256.slice(0, 12)}…; ${remedy}`,
  );
}

function checkSchema(path: string, schema: Schema, contents: ArrowContents): void {
  const difference = differsAt(schema, contents);
  if (difference === null) return;
  const { at, found = "missing", expected = "no more columns" } = difference;
  throw new DataError(
    `table has another schema: ${path}, column ${at + 1} is ${found}; expected ${expected}; ${remedy}`,
  );
}

function differsAt(schema: Schema, contents: ArrowContents) {
  const expected = Object.entries(schema).map(([column, { type, nullable = false }]) =>
    describe(column, type, nullable),
  );
  const found = contents.schema.fields.map(({ name, type, nullable }) => describe(name, type, nullable));
  const length = Math.max(expected.length, found.length);
  const at = Array.from({ length }, (_, i) => expected[i] === found[i]).indexOf(false);
  return at === -1 ? null : { at, found: found[at], expected: expected[at] };
}

function describe(column: string, type: string, nullable: boolean): string {
  return `${column}: ${type}${nullable ? " or null" : ""}`;
}
