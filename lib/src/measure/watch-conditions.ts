import { platform, uptime } from "node:os";
import { type CanaryReading, startCanary } from "./canary.ts";
import { type Collections, observeCollections } from "./collections.ts";
import { readCpuAccounts } from "./cpu-accounts.ts";
import { readCpuPressure } from "./cpu-pressure.ts";
import { readText } from "./read-text.ts";
import { gatherCollections } from "./worker-collections.ts";

/**
 * What surrounded a measurement; shares lie in 0…1 up to the kernel's 10 ms ticks, null where unknown. The columns of the
 * runs table of the same names say more.
 */
export interface Conditions {
  readonly wallMs: number;
  readonly stealShare: number | null;
  readonly pressureShare: number | null;
  readonly otherCpuShare: number | null;
  readonly canaryLateP99Ns: number | null;
  readonly canaryLateMaxNs: number | null;
  readonly stallLongestNs: number | null;
  readonly stallShare: number | null;
  readonly suspendedMs: number | null;
  readonly gcMainCount: number | null;
  readonly gcMainNs: number | null;
  readonly gcMainLongestNs: number | null;
  readonly gcMainMajorNs: number | null;
  readonly gcWorkersCount: number | null;
  readonly gcWorkersNs: number | null;
  readonly gcWorkersLongestNs: number | null;
  readonly gcWorkersMajorNs: number | null;
}

/** The conditions of a run of which nothing is known but the time it took. */
export function unknownConditions(wallMs: number): Conditions {
  return {
    wallMs,
    stealShare: null,
    pressureShare: null,
    otherCpuShare: null,
    ...canaryColumns(null, wallMs),
    suspendedMs: null,
    ...mainColumns(null),
    ...workerColumns(null),
  };
}

/** `/proc/stat` counts in hundredths of a second on every architecture Node runs on. */
const ticksPerSecond = 100;

/** Below this the shares are noise of the ticks: 100 ms on two cores. */
const fewestTicks = 20;

/**
 * Starts to account CPU time, steal, pressure and garbage collections, and a canary; the returned function tells what has
 * added up since. Worker threads have to be started by this thread, and in between.
 */
export async function watchConditions(): Promise<() => Promise<Conditions>> {
  const stopCanary = await startCanary();
  const gather = gatherCollections();
  const readOwn = observeCollections();
  const before = read();
  return async () => {
    const after = read();
    const canary = await stopCanary((after.childrenSeconds - before.childrenSeconds) * 1000);
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
      ...canaryColumns(canary, wallMs),
      suspendedMs:
        before.uptimeMs === null || after.uptimeMs === null
          ? null
          : Math.max(0, after.uptimeMs - before.uptimeMs - wallMs),
      ...mainColumns(await readOwn()),
      ...workerColumns(gather()),
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
  const childrenSeconds = endedChildrenSeconds();
  return {
    wallMs: performance.now(),
    // The kernel's time since boot goes on while a suspended machine's monotonic clock stands.
    uptimeMs: platform() === "linux" ? uptime() * 1000 : null,
    childrenSeconds,
    ownSeconds: (user + system) / 1e6 + childrenSeconds,
    cpu: readCpuAccounts(),
    pressure: readCpuPressure(),
  };
}

function canaryColumns(canary: CanaryReading | null, wallMs: number) {
  return {
    canaryLateP99Ns: nanoseconds(canary?.lateP99Ms),
    canaryLateMaxNs: nanoseconds(canary?.lateMaxMs),
    stallLongestNs: nanoseconds(canary?.stallLongestMs),
    stallShare: canary && canary.stalledMs / wallMs,
  };
}

function mainColumns(collections: Collections | null) {
  return {
    gcMainCount: collections?.count ?? null,
    gcMainNs: collections?.totalNs ?? null,
    gcMainLongestNs: collections?.longestNs ?? null,
    gcMainMajorNs: collections?.majorNs ?? null,
  };
}

function workerColumns(collections: Collections | null) {
  return {
    gcWorkersCount: collections?.count ?? null,
    gcWorkersNs: collections?.totalNs ?? null,
    gcWorkersLongestNs: collections?.longestNs ?? null,
    gcWorkersMajorNs: collections?.majorNs ?? null,
  };
}

function nanoseconds(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : Math.round(ms * 1e6);
}
