import type { RunOfTable } from "./run-of-table.ts";

/** From least to most that a condition can be, where a host's clocks and ticks leave a little room beyond 0 and 1. */
const bounds: Readonly<Record<string, readonly [least: number, most: number]>> = {
  stealShare: [-0.05, 1],
  otherCpuShare: [-1, 1],
  pressureShare: [0, 1.05],
  stallShare: [0, 1],
  suspendedMs: [0, Number.POSITIVE_INFINITY],
  // A timer that counts in whole milliseconds may fire that much early.
  dispatcherDelayP99Ns: [-1e6, Number.POSITIVE_INFINITY],
  canaryLateP99Ns: [-1e6, Number.POSITIVE_INFINITY],
  canaryLateMaxNs: [-1e6, Number.POSITIVE_INFINITY],
  stallLongestNs: [0, Number.POSITIVE_INFINITY],
  ...collectionBounds("gcMain"),
  ...collectionBounds("gcWorkers"),
  lostSamples: [0, Number.POSITIVE_INFINITY],
};

function collectionBounds(prefix: string) {
  const names = ["Count", "Ns", "LongestNs", "MajorNs"].map((name) => `${prefix}${name}`);
  return Object.fromEntries(names.map((name) => [name, [0, Number.POSITIVE_INFINITY] as const]));
}

/** What is a part of something else, or its 99th percentile. */
const parts: readonly (readonly [part: string, whole: string])[] = [
  ["canaryLateP99Ns", "canaryLateMaxNs"],
  ["stallLongestNs", "canaryLateMaxNs"],
  ["gcMainLongestNs", "gcMainNs"],
  ["gcMainMajorNs", "gcMainNs"],
  ["gcWorkersLongestNs", "gcWorkersNs"],
  ["gcWorkersMajorNs", "gcWorkersNs"],
];

/** What one observer tells, all of it or nothing. */
const together: readonly (readonly string[])[] = [
  ["canaryLateP99Ns", "canaryLateMaxNs"],
  ["stallLongestNs", "stallShare"],
  ["gcMainCount", "gcMainNs", "gcMainLongestNs", "gcMainMajorNs"],
  ["gcWorkersCount", "gcWorkersNs", "gcWorkersLongestNs", "gcWorkersMajorNs"],
];

/** Checks that the conditions of a run are possible, each by itself and beside the others. */
export function checkConditions(row: RunOfTable): string | null {
  const at = (name: string) => (row[name] === null || row[name] === undefined ? null : Number(row[name]));
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const value = at(name);
    if (value !== null && !(value >= least && value <= most && Number.isFinite(value)))
      return `has ${name} ${value}, which cannot be`;
  }
  for (const [part, whole] of parts) {
    const [less, more] = [at(part), at(whole)];
    if (less !== null && more !== null && less > more) return `has ${part} ${less} and ${whole} only ${more}`;
  }
  for (const names of together) {
    const [missing] = names.filter((name) => at(name) === null);
    const [there] = names.filter((name) => at(name) !== null);
    if (missing !== undefined && there !== undefined) return `has ${there} and no ${missing}`;
  }
  return (
    checkDispatcher(at) ??
    checkStalls(at) ??
    checkCollections(at, "gcMain") ??
    checkCollections(at, "gcWorkers")
  );
}

type ValueAt = (name: string) => number | null;

function checkDispatcher(at: ValueAt): string | null {
  const [delayNs, wallMs] = [at("dispatcherDelayP99Ns"), at("wallMs")];
  if (delayNs === null || wallMs === null || delayNs / 1e6 <= wallMs) return null;
  return `has dispatcherDelayP99Ns ${delayNs}, more than its ${wallMs} ms`;
}

/** Shares are kept in double precision, times in whole nanoseconds. */
const roundingMs = 0.01;

function checkStalls(at: ValueAt): string | null {
  const [longestNs, share, wallMs] = [at("stallLongestNs"), at("stallShare"), at("wallMs")];
  if (longestNs === null || share === null || wallMs === null) return null;
  return longestNs / 1e6 > share * wallMs + roundingMs
    ? `has stallLongestNs ${longestNs} and stallShare only ${share} of ${wallMs} ms`
    : null;
}

function checkCollections(at: ValueAt, prefix: string): string | null {
  const [count, total, longest] = ["Count", "Ns", "LongestNs"].map((name) => at(`${prefix}${name}`));
  if (count == null || total == null || longest == null) return null;
  return total > count * (longest + 1)
    ? `has ${prefix}Ns ${total}, more than ${count} collections of at most ${longest}`
    : null;
}
