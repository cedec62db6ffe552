import type { HoldTask } from "./holds.ts";
import { cpuBetween, readThreadCpu } from "./thread-cpu.ts";
import type { WatchedPool } from "./watched-pools.ts";

/** Pairs of stretches, one watched and one not, in an order by chance. */
export const stretchPairs = 6;
/** Part of a stretch that is served before it counts, so that what was just changed is compiled and warm. */
const leadIn = 0.15;

/** What a task of the service does: nothing but note its times, or a millisecond of hashing. */
const tasks = {
  "tiny-tasks": { hold: null, ms: 0 },
  service: { hold: "work", ms: 1 },
} as const satisfies Record<string, HoldTask>;

export type Service = keyof typeof tasks;

/** What one stretch of a service's work came to. */
export interface LoadStretch extends Partial<CpuSpent> {
  readonly watching: "on" | "off";
  readonly tasks: number;
  readonly lastedNs: number;
  readonly latencyP99Ns: number;
}

type CpuSpent = ReturnType<typeof cpuBetween>;

/** Lets callers send tasks, two a worker at once, with and without the watch in turn. */
export async function serviceCost(
  pool: WatchedPool,
  workers: number,
  service: Service,
  seconds: number,
  random: () => number,
): Promise<LoadStretch[]> {
  const stretches: LoadStretch[] = [];
  const lengthNs = (seconds * 1e9) / (2 * stretchPairs);
  const serveFor = (ns: number) => serve(pool, 2 * workers, tasks[service], ns);
  for (const watching of ["on", "off"] as const) await stretch(pool, watching, () => serveFor(lengthNs));
  for (let pair = 0; pair < stretchPairs; pair++) {
    for (const watching of random() < 0.5 ? (["on", "off"] as const) : (["off", "on"] as const)) {
      const served = await stretch(pool, watching, async () => {
        await serveFor(lengthNs * leadIn);
        const before = readThreadCpu();
        const load = await serveFor(lengthNs * (1 - leadIn));
        return { ...load, ...cpuBetween(before, readThreadCpu()) };
      });
      stretches.push({ watching, ...served });
    }
  }
  return stretches;
}

async function stretch<Result>(
  pool: WatchedPool,
  watching: "on" | "off",
  act: () => Promise<Result>,
): Promise<Result> {
  if (watching === "on") pool.watch();
  const result = await act();
  if (watching === "on") pool.unwatch();
  return result;
}

async function serve(pool: WatchedPool, callers: number, task: HoldTask, lengthNs: number) {
  const beganNs = now();
  const latencies: number[] = [];
  const call = async () => {
    while (now() - beganNs < lengthNs) {
      const sentNs = now();
      await pool.run("step", task);
      latencies.push(now() - sentNs);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const lastedNs = now() - beganNs;
  const sorted = Float64Array.from(latencies).sort();
  const latencyP99Ns = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
  return { tasks: latencies.length, lastedNs, latencyP99Ns };
}

function now(): number {
  return Number(process.hrtime.bigint());
}
