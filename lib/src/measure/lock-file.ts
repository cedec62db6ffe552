import { DatabaseSync } from "node:sqlite";

/**
 * Locks a file, which is made where it is missing, and returns how to unlock it. The kernel drops the lock with the process,
 * also where the two look from different containers; SQLite is here for its portable file locks alone.
 *
 * @throws {Error} with SQLite's `errcode` when another process holds the lock, or what lies there is no lock.
 */
export function lockFile(path: string): () => void {
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
