/** Reads the one monotonic clock that all threads of a process share (ns, exact up to 104 days after boot). */
export function nowNs(): number {
  return Number(process.hrtime.bigint());
}
