import { DataError } from "../measure/study-error.ts";
import type { Decoded } from "./decode-column.ts";
import { type OpenTable, openTable, remedy } from "./open-table.ts";

/** Opens a table that others may have written; text in it that is no text is damage too. See {@link openTable}. */
export function openStoredTable(...request: Parameters<typeof openTable>): OpenTable {
  const [path] = request;
  const table = tellDamage(path, () => openTable(...request));
  return {
    ...table,
    column: (name) => tellDamage(path, () => table.column(name)),
    pieces: (...names) => piecesOf(table, names),
  };
}

/**
 * Reads of a table what others may have written.
 *
 * @throws {DataError} when bytes in it that must be text are none.
 */
export function tellDamage<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw explain(path, error);
  }
}

function* piecesOf(table: OpenTable, names: readonly string[]): Generator<readonly Decoded[]> {
  try {
    yield* table.pieces(...names);
  } catch (error) {
    throw explain(table.path, error);
  }
}

function explain(path: string, error: unknown): unknown {
  const isNoText = error instanceof TypeError && "code" in error && error.code === noText;
  if (!isNoText) return error;
  return new DataError(`table is damaged: ${path} (${error.message}); ${remedy}`, { cause: error });
}

/** What the system's decoder of text says of bytes that are none. */
const noText = "ERR_ENCODING_INVALID_ENCODED_DATA";
