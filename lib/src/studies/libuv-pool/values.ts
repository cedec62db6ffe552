import type { Handed } from "../../summary/handed.ts";
import { valueAt } from "../../summary/rows.ts";
import type { LibuvData, LibuvWait } from "./analysis.ts";

/** Node's default pool size, which the article speaks of unless it names another. */
const threads = 4;

/**
 * Names the numbers that the article cites. `Free` no blocking call, `Below` one thread left, `At` none left, `Beyond` two
 * calls more than threads; slow lookups are counted against half the threads. Null where the profile did not measure a value.
 */
export function libuvValues(dataset: LibuvData, waits: readonly LibuvWait[]): Handed {
  const foreign = (
    size: number,
    blockers: number,
    operation: LibuvWait["operation"],
    column: keyof LibuvWait = "p50Ms",
  ) => valueAt(waits, { blocking: "foreign-call", threads: size, blockers, operation }, column);
  const lookups = (blockers: number, operation: LibuvWait["operation"], column: keyof LibuvWait = "p50Ms") =>
    valueAt(waits, { blocking: "slow-lookup", threads, blockers, operation }, column);

  return {
    runs: dataset.manifest.runs.valid,
    statFreeMs: foreign(threads, 0, "fs.stat"),
    statFreeP99Ms: foreign(threads, 0, "fs.stat", "p99Ms"),
    statBelowMs: foreign(threads, threads - 1, "fs.stat"),
    statBelowP99Ms: foreign(threads, threads - 1, "fs.stat", "p99Ms"),
    bytesBeyondMs: foreign(threads, threads + 2, "crypto.randomBytes"),
    lookupBeyondMs: foreign(threads, threads + 2, "dns.lookup"),
    slowStatAllMs: lookups(threads, "fs.stat"),
    slowLookupBelowHalfMs: lookups(threads / 2 - 1, "dns.lookup"),
    slowLookupAtHalfMs: lookups(threads / 2, "dns.lookup"),
    slowLookupAtHalfLawMs: lookups(threads / 2, "dns.lookup", "lawMs"),
    slowLookupAllMs: lookups(threads, "dns.lookup"),
    slowLookupAllLawMs: lookups(threads, "dns.lookup", "lawMs"),
    stat2AtMs: foreign(2, 2, "fs.stat"),
    law2AtMs: foreign(2, 2, "fs.stat", "lawMs"),
    error2AtShare: foreign(2, 2, "fs.stat", "errorShare"),
    stat2BeyondMs: foreign(2, 4, "fs.stat"),
    law2BeyondMs: foreign(2, 4, "fs.stat", "lawMs"),
    error2BeyondShare: foreign(2, 4, "fs.stat", "errorShare"),
    stat4AtMs: foreign(4, 4, "fs.stat"),
    law4AtMs: foreign(4, 4, "fs.stat", "lawMs"),
    error4AtShare: foreign(4, 4, "fs.stat", "errorShare"),
    stat4BeyondMs: foreign(4, 6, "fs.stat"),
    law4BeyondMs: foreign(4, 6, "fs.stat", "lawMs"),
    error4BeyondShare: foreign(4, 6, "fs.stat", "errorShare"),
    stat8AtMs: foreign(8, 8, "fs.stat"),
    law8AtMs: foreign(8, 8, "fs.stat", "lawMs"),
    error8AtShare: foreign(8, 8, "fs.stat", "errorShare"),
    stat8BeyondMs: foreign(8, 10, "fs.stat"),
    law8BeyondMs: foreign(8, 10, "fs.stat", "lawMs"),
    error8BeyondShare: foreign(8, 10, "fs.stat", "errorShare"),
  };
}
