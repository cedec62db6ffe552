import { watchTasks } from "scheduling-safety-watch";
import { watched } from "scheduling-safety-watch/worker";
import type { WatchedPool } from "./watched-pools.ts";

/** Pairs of stretches, one watched and one not, in an order by chance. */
export const stretchPairs = 6;

/** What one stretch of a service's work came to. */
export interface LoadStretch {
  readonly watching: "on" | "off";
  readonly tasks: number;
  readonly lastedNs: number;
  readonly latencyP99Ns: number;
}

/** Lets callers send short computations, two a worker at once, with and without the watch in turn. */
export async function serviceCost(
  pool: WatchedPool,
  workers: number,
  seconds: number,
  random: () => number,
): Promise<LoadStretch[]> {
  const stretches: LoadStretch[] = [];
  const lengthNs = (seconds * 1e9) / (2 * stretchPairs);
  await serve(pool, workers, lengthNs);
  for (let pair = 0; pair < stretchPairs; pair++) {
    const order = random() < 0.5 ? (["on", "off"] as const) : (["off", "on"] as const);
    for (const watching of order) {
      if (watching === "on") pool.watch();
      stretches.push({ watching, ...(await serve(pool, workers, lengthNs)) });
      if (watching === "on") pool.unwatch();
    }
  }
  return stretches;
}

async function serve(
  pool: WatchedPool,
  workers: number,
  lengthNs: number,
): Promise<Omit<LoadStretch, "watching">> {
  const beganNs = now();
  const latencies: number[] = [];
  const caller = async () => {
    while (now() - beganNs < lengthNs) {
      const sentNs = now();
      await pool.run("step", { hold: "hash", ms: 0 });
      latencies.push(now() - sentNs);
    }
  };
  await Promise.all(Array.from({ length: 2 * workers }, caller));
  const sorted = Float64Array.from(latencies).sort();
  const latencyP99Ns = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;
  return { tasks: latencies.length, lastedNs: now() - beganNs, latencyP99Ns };
}

/** All in all fewer tasks than the watch has records for. */
const rounds = 60;
const tasksARound = 200;

/** Measures what a worker spends on stamping one task (ns): a handler that does nothing, marked less not marked. */
export function stampCost(): number {
  const tasks = watchTasks({ name: "stamps", workers: 1 });
  const handle = watched(() => undefined);
  const nothing = new Array<null>(tasksARound).fill(null);
  const handleAll = (messages: readonly unknown[]) => {
    for (const message of messages) handle(message);
  };
  const marked: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const envelopes = Array.from({ length: tasksARound }, () => tasks.mark("stamp", null));
    marked.push(timeOf(() => handleAll(envelopes)));
    bare.push(timeOf(() => handleAll(nothing)));
  }
  tasks.stop();
  return (median(marked) - median(bare)) / tasksARound;
}

function timeOf(act: () => void): number {
  const beganNs = now();
  act();
  return now() - beganNs;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] as number;
}

function now(): number {
  return Number(process.hrtime.bigint());
}
