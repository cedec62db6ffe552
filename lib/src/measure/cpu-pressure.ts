import { readText } from "./read-text.ts";

/** Pressure stall information of the CPU: how long some thread was ready to run but had no core. */
export interface CpuPressure {
  /** Share of the last 10 s and 60 s. */
  readonly avg10: number;
  readonly avg60: number;
  /** Microseconds since the machine started. */
  readonly totalUs: number;
}

/**
 * Reads `/proc/pressure/cpu`; null where there is none.
 * @see https://docs.kernel.org/accounting/psi.html
 */
export function readCpuPressure(text: string | null = readText("/proc/pressure/cpu")): CpuPressure | null {
  const [, avg10, avg60, total] = text?.match(/^some avg10=(\S+) avg60=(\S+) avg300=\S+ total=(\d+)$/m) ?? [];
  if (total === undefined) return null;
  return { avg10: Number(avg10) / 100, avg60: Number(avg60) / 100, totalUs: Number(total) };
}
