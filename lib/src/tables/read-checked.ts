import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { DataError } from "../measure/study-error.ts";
import type { TableRecord } from "./manifest.ts";
import { decodeTable, type ReadTable } from "./read-table.ts";
import type { Schema } from "./schema.ts";

const remedy = "restore it from version control, or measure again with `scheduling-safety run`";

/**
 * Reads a table and checks it against its manifest's record as well as against its schema.
 *
 * @throws {DataError} naming the table when it is missing, damaged, altered or of another schema.
 */
export function readChecked(path: string, schema: Schema, record: TableRecord): ReadTable {
  if (!existsSync(path)) throw new DataError(`table is missing: ${path}; ${remedy}`);
  const bytes = readFileSync(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  // The decoder tells truncation and foreign schemas apart from other alterations.
  const table = decodeTable(path, bytes, schema);
  if (sha256 !== record.sha256) {
    throw new DataError(
      `table was altered: ${path} has SHA-256 ${sha256.slice(0, 12)}…, its manifest says ${record.sha256.slice(0, 12)}…; ${remedy}`,
    );
  }
  if (table.rows !== record.rows) {
    throw new DataError(
      `table is incomplete: ${path} has ${table.rows} rows, its manifest says ${record.rows}; ${remedy}`,
    );
  }
  return table;
}
