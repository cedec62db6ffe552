import { accessSync, constants, existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** @see https://sqlite.org/rescode.html */
const busy = 5;

/** Tells whether an error of {@link lockFile} says that another process holds the lock. */
export function isHeld(error: unknown): boolean {
  // The higher bits of the code say more than is needed.
  return error instanceof Error && "errcode" in error && (Number(error.errcode) & 0xff) === busy;
}

/**
 * Locks a file, which is made where it is missing, and returns how to unlock it. The kernel drops the lock with the process,
 * also where the two look from different containers; SQLite is here for its portable file locks alone.
 *
 * @throws {Error} with SQLite's `errcode` when another process holds the lock, or what lies there is no lock; with the
 * system's `code` when this user may not write it.
 */
export function lockFile(path: string): () => void {
  // What may only be read, SQLite opens for reading, and then grants its exclusive lock to any number of processes.
  if (existsSync(path)) accessSync(path, constants.W_OK);
  const file = new DatabaseSync(path);
  try {
    // Nothing is ever written, so that no journal need lie beside it.
    file.exec("PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE");
  } catch (error) {
    file.close();
    throw error;
  }
  return () => {
    if (file.isOpen) file.close();
  };
}
