import { readText } from "./read-text.ts";

/** The kernel's running totals of CPU time over all cores, in ticks. */
export interface CpuAccounts {
  readonly total: number;
  readonly busy: number;
  /** Time the hypervisor gave to other machines while this one had work. */
  readonly steal: number;
}

/**
 * Reads `/proc/stat`; null where there is none.
 * @see https://docs.kernel.org/filesystems/proc.html#miscellaneous-kernel-statistics-in-proc-stat
 */
export function readCpuAccounts(text: string | null = readText("/proc/stat")): CpuAccounts | null {
  const line = text?.match(/^cpu +(.*)$/m)?.[1];
  if (line === undefined) return null;
  // Guest time, which would follow, is contained in user time.
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .split(" ")
    .map(Number);
  const busy = user + nice + system + irq + softirq;
  return { total: busy + idle + iowait + steal, busy, steal };
}
