import { readCpuAccounts } from "./cpu-accounts.ts";
import { readCpuPressure } from "./cpu-pressure.ts";

/** What surrounded a measurement; shares lie in 0…1 up to the kernel's 10 ms ticks, null where unknown. */
export interface Conditions {
  readonly wallMs: number;
  readonly stealShare: number | null;
  readonly pressureShare: number | null;
  readonly otherCpuShare: number | null;
}

/** `/proc/stat` counts in hundredths of a second on every architecture Node runs on. */
const ticksPerSecond = 100;

/** Below this the shares are noise of the ticks: 100 ms on two cores. */
const fewestTicks = 20;

/** Starts to account CPU time, steal and pressure; the returned function tells what has added up since. */
export function watchConditions(): () => Conditions {
  const before = read();
  return () => {
    const after = read();
    const wallMs = after.wallMs - before.wallMs;
    const cpu = before.cpu && after.cpu && { before: before.cpu, after: after.cpu };
    const ticks = cpu ? cpu.after.total - cpu.before.total : 0;
    const enough = cpu && ticks >= fewestTicks ? cpu : null;
    const ownTicks = (after.ownSeconds - before.ownSeconds) * ticksPerSecond;
    return {
      wallMs,
      stealShare: enough && (enough.after.steal - enough.before.steal) / ticks,
      pressureShare:
        before.pressure && after.pressure && wallMs > 0
          ? (after.pressure.totalUs - before.pressure.totalUs) / (1000 * wallMs)
          : null,
      otherCpuShare: enough && (enough.after.busy - enough.before.busy - ownTicks) / ticks,
    };
  };
}

function read() {
  const { user, system } = process.cpuUsage();
  return {
    wallMs: performance.now(),
    ownSeconds: (user + system) / 1e6,
    cpu: readCpuAccounts(),
    pressure: readCpuPressure(),
  };
}
