import type { BlockingSource } from "./blocking-source.ts";
import { readCachedFile } from "./cached-file.ts";
import { dnsSync, execSleep } from "./child-processes.ts";
import { brotli, gzip } from "./compression.ts";
import { foreignSleep, foreignSort } from "./foreign-calls.ts";
import { scrypt } from "./hashing.ts";
import { cloning, parsing } from "./json.ts";
import { catastrophicRegex } from "./regular-expression.ts";
import { atomicsWait } from "./sleeping.ts";
import { certificateOfClient, consoleToSlowPipe, readSlowPipe } from "./slow-pipes.ts";
import { sortStrings } from "./sorting.ts";

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
