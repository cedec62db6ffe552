import type { BlockingSource } from "./blocking-source.ts";
import { brotli, gzip, scrypt, sortStrings } from "./sources/cpu.ts";
import { foreignSleep, foreignSort } from "./sources/ffi.ts";
import { atomicsWait, dnsSync, execSleep, readCachedFile } from "./sources/io.ts";
import { certificateOfClient, consoleToSlowPipe, readSlowPipe } from "./sources/slow-pipes.ts";
import { catastrophicRegex, cloning, parsing } from "./sources/sly.ts";

/** Every source of blocking under study, by family. */
export const blockingSources = [
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
] as const satisfies readonly BlockingSource[];

export type SourceName = (typeof blockingSources)[number]["name"];

export const sourceNames: readonly SourceName[] = blockingSources.map(({ name }) => name);

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
