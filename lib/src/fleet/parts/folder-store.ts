import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DataError, UsageError } from "../../measure/study-error.ts";
import { openRegularFile } from "../../tables/regular-file.ts";
import { writeAtomically } from "../../tables/write-atomically.ts";
import { StoreAway } from "../database/outage.ts";
import type { PartStore } from "./part-store.ts";

/**
 * Opens a folder that all hosts mount.
 *
 * @throws {UsageError} when the address names no folder of this machine.
 */
export function openFolder(address: URL): PartStore {
  const folder = folderOf(address);
  const placeOf = (name: string) => join(folder, name);
  return {
    url: pathToFileURL(folder).href,
    placeOf,
    put: async (name, bytes) => {
      try {
        writeAtomically(placeOf(name), bytes);
      } catch (error) {
        throw explain(folder, error);
      }
    },
    get: async (name) => {
      try {
        return readWhole(placeOf(name));
      } catch (error) {
        const code = codeOf(error);
        if (code === "ENOENT") return null;
        // What lies there is no file: neither the folder nor the system is to blame.
        if (code === "" && error instanceof DataError) throw error;
        throw explain(folder, error);
      }
    },
  };
}

function readWhole(path: string): Uint8Array {
  const file = openRegularFile(path, "part of a run", "bring it back from a copy");
  try {
    return file.read(0, file.size);
  } finally {
    file.close();
  }
}

function folderOf(address: URL): string {
  if (address.hostname !== "" || address.search !== "" || address.hash !== "" || address.pathname === "/") {
    throw new UsageError(
      "folder of parts must be named by its path alone, with three slashes; got a host, a query or no path; write file:///shared/parts",
    );
  }
  return fileURLToPath(address).replace(/[/\\]+$/, "");
}

/** What passes: a mount that is gone or comes back, and a disk that is full until somebody empties it. */
const passing: readonly string[] = [
  "EDQUOT",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "EIO",
  "ENOENT",
  "ENOSPC",
  "ENOTCONN",
  "ESTALE",
  "ETIMEDOUT",
];

function explain(folder: string, error: unknown): Error {
  const code = codeOf(error);
  if (passing.includes(code)) return new StoreAway(`${code} in ${folder}`, { cause: error });
  return new UsageError(
    `folder of parts must let this user read and write; got ${code || String(error)} in ${folder}; change its owner or its mode`,
    { cause: error },
  );
}

/** Whoever writes atomically explains the system's error, and keeps it as the cause. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return "code" in error ? String(error.code) : codeOf(error.cause);
}
