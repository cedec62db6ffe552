import type { ColumnTable } from "arquero";
import { type Handed, numberAt } from "../../summary/handed.ts";
import type { Dataset } from "../../tables/load.ts";

/** Node's default pool size, which the article speaks of unless it names another. */
const threads = 4;

/**
 * Names the numbers that the article cites. `Free` no blocking call, `Below` one thread left, `At` none left, `Beyond` two
 * calls more than threads; slow lookups are counted against half the threads. Null where the profile did not measure a value.
 */
export function libuvValues(dataset: Dataset, waits: ColumnTable): Handed {
  const foreign = (size: number, blockers: number, operation: string, column = "p50Ms") =>
    numberAt(waits, { blocking: "foreign-call", threads: size, blockers, operation }, column);
  const lookups = (blockers: number, operation: string, column = "p50Ms") =>
    numberAt(waits, { blocking: "slow-lookup", threads, blockers, operation }, column);

  const values: Record<string, number | null> = {
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
  };
  for (const size of [2, 4, 8]) {
    for (const [mark, more] of Object.entries({ At: 0, Beyond: 2 })) {
      values[`stat${size}${mark}Ms`] = foreign(size, size + more, "fs.stat");
      values[`law${size}${mark}Ms`] = foreign(size, size + more, "fs.stat", "lawMs");
      values[`error${size}${mark}Share`] = foreign(size, size + more, "fs.stat", "errorShare");
    }
  }
  return values;
}
