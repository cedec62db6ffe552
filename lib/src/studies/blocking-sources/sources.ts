import type { BlockingSource } from "./blocking-source.ts";
import { readCachedFile } from "./sources/cached-file.ts";
import { dnsSync, execSleep } from "./sources/child-processes.ts";
import { brotli, gzip } from "./sources/compression.ts";
import { foreignSleep, foreignSort } from "./sources/foreign-calls.ts";
import { scrypt } from "./sources/hashing.ts";
import { cloning, parsing } from "./sources/json.ts";
import { catastrophicRegex } from "./sources/regular-expression.ts";
import { atomicsWait } from "./sources/sleeping.ts";
import { certificateOfClient, consoleToSlowPipe, readSlowPipe } from "./sources/slow-pipes.ts";
import { sortStrings } from "./sources/sorting.ts";

/** Every source of blocking under study, by family. */
export const blockingSources: readonly BlockingSource[] = [
  atomicsWait,
  readSlowPipe,
  readCachedFile,
  execSleep,
  dnsSync,
  scrypt,
  gzip,
  brotli,
  sortStrings,
  foreignSleep,
  foreignSort,
  ...parsing,
  ...cloning,
  catastrophicRegex,
  consoleToSlowPipe,
  certificateOfClient,
];

/**
 * Finds a source by its name.
 *
 * @throws {RangeError} for a name that no source has.
 */
export function blockingSource(name: string): BlockingSource {
  const source = blockingSources.find((each) => each.name === name);
  if (source) return source;
  const names = blockingSources.map((each) => each.name).join(", ");
  throw new RangeError(`blocking source must be one of ${names}; got ${name}`);
}
