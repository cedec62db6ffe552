/** The canary's thread: sleeps, and notes after each sleep how late it woke and what the process computed meanwhile. */
import { parentPort, workerData } from "node:worker_threads";
import type { CanaryJob, Wake } from "./canary.ts";

const { stop, periodMs } = workerData as CanaryJob;
const wakes: Wake[] = [];
let cpuMs = processCpuMs();
parentPort?.postMessage("awake");

while (Atomics.load(stop, 0) === 0) {
  const dueMs = performance.now() + periodMs;
  Atomics.wait(stop, 0, 0, periodMs);
  const lateMs = performance.now() - dueMs;
  const before = cpuMs;
  cpuMs = processCpuMs();
  // Told to stop, it wakes before it is due.
  if (lateMs >= 0) wakes.push({ lateMs, ownCpuMs: cpuMs - before });
}
parentPort?.postMessage(wakes);

function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
