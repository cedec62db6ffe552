/**
 * Nanoseconds since the origin, as a number (exact up to 104 days).
 *
 * `process.hrtime.bigint()` reads one monotonic clock for all threads of the process, so stamps taken on
 * different threads with the same origin may be subtracted; `performance.now()` has an origin per thread.
 */
export type Clock = () => number;

/** Starts a clock at the origin; without one, at this moment. */
export function startClock(originNs: bigint = process.hrtime.bigint()): Clock {
  return () => Number(process.hrtime.bigint() - originNs);
}
