import type { Handed } from "../../summary/handed.ts";
import { valueAt } from "../../summary/rows.ts";
import type { SourceHold, SourceProbe, SourcesData } from "./analysis.ts";
import type { SourceName } from "./sources.ts";

/** The tables that the blocking-sources notebook has made. */
export interface BlockingSourcesSummaries {
  readonly holds: readonly SourceHold[];
  readonly probes: readonly SourceProbe[];
}

/** Holds shorter than this may be lost among the delays of a healthy pool. */
const leastHoldMs = 20;

/** Names the numbers that the article cites, those of each source by its name; null where one was not measured. */
export function blockingSourcesValues(
  dataset: SourcesData,
  { holds, probes }: BlockingSourcesSummaries,
): Handed {
  const { runs } = dataset.manifest;
  const long = new Set(
    holds.filter(({ holdMs }) => Number(holdMs) >= leastHoldMs).map(({ source }) => source),
  );
  const longFelt = probes.filter(({ source }) => long.has(source));
  const factorLeast = extreme(longFelt, "factor", Math.min);
  const belowFactorMost = extreme(longFelt, "belowFactor", Math.max);
  const feltLeast = extreme(longFelt, "feltShare", Math.min);
  const feltMost = extreme(longFelt, "feltShare", Math.max);
  const hold = (source: SourceName) => valueAt(holds, { source }, "holdMs");
  const longest = (source: SourceName) => valueAt(holds, { source }, "longestMs");
  const cpu = (source: SourceName) => valueAt(holds, { source }, "cpuShare");
  const below = (source: SourceName) => valueAt(probes, { source }, "belowP75Ms");
  const full = (source: SourceName) => valueAt(probes, { source }, "fullP75Ms");
  return {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    sources: holds.length,
    longSources: long.size,
    asExpected: holds.filter(({ found, expected }) => found === expected).length,
    factorLeast: factorLeast.value,
    factorLeastSource: factorLeast.source,
    belowFactorMost: belowFactorMost.value,
    belowFactorMostSource: belowFactorMost.source,
    feltLeast: feltLeast.value,
    feltLeastSource: feltLeast.source,
    feltMost: feltMost.value,
    feltMostSource: feltMost.source,
    holdAtomicsWaitMs: hold("atomics-wait"),
    longestAtomicsWaitMs: longest("atomics-wait"),
    cpuAtomicsWaitShare: cpu("atomics-wait"),
    holdReadSlowPipeMs: hold("read-slow-pipe"),
    longestReadSlowPipeMs: longest("read-slow-pipe"),
    cpuReadSlowPipeShare: cpu("read-slow-pipe"),
    holdReadCachedFileMs: hold("read-cached-file"),
    longestReadCachedFileMs: longest("read-cached-file"),
    cpuReadCachedFileShare: cpu("read-cached-file"),
    holdExecSyncMs: hold("exec-sync"),
    longestExecSyncMs: longest("exec-sync"),
    cpuExecSyncShare: cpu("exec-sync"),
    holdDnsSyncMs: hold("dns-sync"),
    longestDnsSyncMs: longest("dns-sync"),
    cpuDnsSyncShare: cpu("dns-sync"),
    holdScryptSyncMs: hold("scrypt-sync"),
    longestScryptSyncMs: longest("scrypt-sync"),
    cpuScryptSyncShare: cpu("scrypt-sync"),
    holdGzipSyncMs: hold("gzip-sync"),
    longestGzipSyncMs: longest("gzip-sync"),
    cpuGzipSyncShare: cpu("gzip-sync"),
    holdBrotliSyncMs: hold("brotli-sync"),
    longestBrotliSyncMs: longest("brotli-sync"),
    cpuBrotliSyncShare: cpu("brotli-sync"),
    holdSortStringsMs: hold("sort-strings"),
    longestSortStringsMs: longest("sort-strings"),
    cpuSortStringsShare: cpu("sort-strings"),
    holdFfiUsleepMs: hold("ffi-usleep"),
    longestFfiUsleepMs: longest("ffi-usleep"),
    cpuFfiUsleepShare: cpu("ffi-usleep"),
    holdFfiQsortMs: hold("ffi-qsort"),
    longestFfiQsortMs: longest("ffi-qsort"),
    cpuFfiQsortShare: cpu("ffi-qsort"),
    holdJsonParse1mbMs: hold("json-parse-1mb"),
    longestJsonParse1mbMs: longest("json-parse-1mb"),
    cpuJsonParse1mbShare: cpu("json-parse-1mb"),
    holdJsonParse8mbMs: hold("json-parse-8mb"),
    longestJsonParse8mbMs: longest("json-parse-8mb"),
    cpuJsonParse8mbShare: cpu("json-parse-8mb"),
    holdJsonParse64mbMs: hold("json-parse-64mb"),
    longestJsonParse64mbMs: longest("json-parse-64mb"),
    cpuJsonParse64mbShare: cpu("json-parse-64mb"),
    holdStructuredClone1mbMs: hold("structured-clone-1mb"),
    longestStructuredClone1mbMs: longest("structured-clone-1mb"),
    cpuStructuredClone1mbShare: cpu("structured-clone-1mb"),
    holdStructuredClone8mbMs: hold("structured-clone-8mb"),
    longestStructuredClone8mbMs: longest("structured-clone-8mb"),
    cpuStructuredClone8mbShare: cpu("structured-clone-8mb"),
    holdStructuredClone64mbMs: hold("structured-clone-64mb"),
    longestStructuredClone64mbMs: longest("structured-clone-64mb"),
    cpuStructuredClone64mbShare: cpu("structured-clone-64mb"),
    holdCatastrophicRegexMs: hold("catastrophic-regex"),
    longestCatastrophicRegexMs: longest("catastrophic-regex"),
    cpuCatastrophicRegexShare: cpu("catastrophic-regex"),
    holdConsoleSlowPipeMs: hold("console-slow-pipe"),
    longestConsoleSlowPipeMs: longest("console-slow-pipe"),
    cpuConsoleSlowPipeShare: cpu("console-slow-pipe"),
    holdPgCertificateMs: hold("pg-certificate"),
    longestPgCertificateMs: longest("pg-certificate"),
    cpuPgCertificateShare: cpu("pg-certificate"),
    belowAtomicsWaitMs: below("atomics-wait"),
    fullAtomicsWaitMs: full("atomics-wait"),
    belowReadSlowPipeMs: below("read-slow-pipe"),
    fullReadSlowPipeMs: full("read-slow-pipe"),
    belowReadCachedFileMs: below("read-cached-file"),
    fullReadCachedFileMs: full("read-cached-file"),
    belowExecSyncMs: below("exec-sync"),
    fullExecSyncMs: full("exec-sync"),
    belowDnsSyncMs: below("dns-sync"),
    fullDnsSyncMs: full("dns-sync"),
    belowScryptSyncMs: below("scrypt-sync"),
    fullScryptSyncMs: full("scrypt-sync"),
    belowGzipSyncMs: below("gzip-sync"),
    fullGzipSyncMs: full("gzip-sync"),
    belowBrotliSyncMs: below("brotli-sync"),
    fullBrotliSyncMs: full("brotli-sync"),
    belowSortStringsMs: below("sort-strings"),
    fullSortStringsMs: full("sort-strings"),
    belowFfiUsleepMs: below("ffi-usleep"),
    fullFfiUsleepMs: full("ffi-usleep"),
    belowFfiQsortMs: below("ffi-qsort"),
    fullFfiQsortMs: full("ffi-qsort"),
    belowJsonParse1mbMs: below("json-parse-1mb"),
    fullJsonParse1mbMs: full("json-parse-1mb"),
    belowJsonParse8mbMs: below("json-parse-8mb"),
    fullJsonParse8mbMs: full("json-parse-8mb"),
    belowJsonParse64mbMs: below("json-parse-64mb"),
    fullJsonParse64mbMs: full("json-parse-64mb"),
    belowStructuredClone1mbMs: below("structured-clone-1mb"),
    fullStructuredClone1mbMs: full("structured-clone-1mb"),
    belowStructuredClone8mbMs: below("structured-clone-8mb"),
    fullStructuredClone8mbMs: full("structured-clone-8mb"),
    belowStructuredClone64mbMs: below("structured-clone-64mb"),
    fullStructuredClone64mbMs: full("structured-clone-64mb"),
    belowCatastrophicRegexMs: below("catastrophic-regex"),
    fullCatastrophicRegexMs: full("catastrophic-regex"),
    belowConsoleSlowPipeMs: below("console-slow-pipe"),
    fullConsoleSlowPipeMs: full("console-slow-pipe"),
    belowPgCertificateMs: below("pg-certificate"),
    fullPgCertificateMs: full("pg-certificate"),
  };
}

/** The extreme value of a column, and the source it belongs to. */
function extreme(
  rows: readonly SourceProbe[],
  column: "factor" | "belowFactor" | "feltShare",
  pick: typeof Math.min,
): { readonly value: number | null; readonly source: string | null } {
  const known = rows.flatMap((row) => row[column] ?? []);
  const value = known.length === 0 ? null : pick(...known);
  const found = rows.find((row) => value !== null && row[column] === value);
  return { value, source: found?.source ?? null };
}
