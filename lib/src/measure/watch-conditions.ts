import { readCpuAccounts } from "./cpu-accounts.ts";
import { readCpuPressure } from "./cpu-pressure.ts";
import { readText } from "./read-text.ts";

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

/**
 * CPU time of the children that have ended and of theirs: a run's servers and load generators are part of the run.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html cutime and cstime
 */
function endedChildrenSeconds(text: string | null = readText("/proc/self/stat")): number {
  // The name of the program, in parentheses, may hold spaces; cutime and cstime are fields 16 and 17.
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ") ?? [];
  return (Number(fields[13] ?? 0) + Number(fields[14] ?? 0)) / ticksPerSecond;
}

function read() {
  const { user, system } = process.cpuUsage();
  return {
    wallMs: performance.now(),
    ownSeconds: (user + system) / 1e6 + endedChildrenSeconds(),
    cpu: readCpuAccounts(),
    pressure: readCpuPressure(),
  };
}
