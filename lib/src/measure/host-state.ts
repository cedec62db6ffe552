import { loadavg } from "node:os";
import { readCpuAccounts } from "./cpu-accounts.ts";
import { type CpuPressure, readCpuPressure } from "./cpu-pressure.ts";

/** How busy the machine is at one moment; null where the system does not say. */
export interface HostState {
  /** Mean number of threads that ran or waited over 1, 5 and 15 minutes. */
  readonly load: readonly number[];
  readonly pressure: CpuPressure | null;
  /** Share of CPU time given to other machines since this one started. */
  readonly stealShare: number | null;
}

/** Reads how busy the machine is. */
export function readHostState(): HostState {
  const accounts = readCpuAccounts();
  return {
    load: loadavg(),
    pressure: readCpuPressure(),
    stealShare: accounts && accounts.steal / accounts.total,
  };
}
