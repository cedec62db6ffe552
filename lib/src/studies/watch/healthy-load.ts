import { setTimeout } from "node:timers/promises";
import type { Watch } from "scheduling-safety-watch";
import type { WatchedPool } from "./watched-pools.ts";

const taskMs = 4;
/** Part of the workers' time that is used. */
const usedShare = 0.5;

/** Keeps half of the workers busy with short tasks at random moments, and counts what is told of that. */
export async function serveHealthily(
  watch: Watch,
  pool: WatchedPool,
  workers: number,
  seconds: number,
  random: () => number,
) {
  let incidents = 0;
  const stop = watch.incidents.listen((kind) => {
    if (kind === "over") incidents++;
  });
  const gapNs = (taskMs * 1e6) / (workers * usedShare);
  const beganNs = process.hrtime.bigint();
  const lasted = () => Number(process.hrtime.bigint() - beganNs);
  const running = new Set<Promise<unknown>>();
  let tasks = 0;
  for (let dueNs = 0; dueNs < seconds * 1e9; dueNs += gapNs * -Math.log(1 - random())) {
    if (dueNs > lasted()) await setTimeout((dueNs - lasted()) / 1e6);
    const task = pool.run("step", { hold: "parked", ms: taskMs }).finally(() => running.delete(task));
    running.add(task);
    tasks++;
  }
  await Promise.all(running);
  const lastedNs = lasted();
  await setTimeout(90);
  await watch.heard();
  stop();
  return { incidents, tasks, lastedNs };
}
