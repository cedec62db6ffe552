import { stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Piscina } from "piscina";
import type { Clock } from "../../measure/clock.ts";
import type { StepMessage, StepTimes } from "./remedy-worker.ts";

/** What a victim met: a probe on the shared pool, or an `fs.stat` on libuv's. */
export interface VictimSample {
  readonly kind: "probe" | "stat";
  readonly dueNs: number;
  readonly delayNs: number;
  /** Handed over − due (ns). */
  readonly dispatchNs: number;
}

interface Watch {
  readonly pattern: { readonly windowMs: number; readonly probes: number; readonly stats: number };
  readonly pool: Piscina;
  readonly originNs: bigint;
  readonly now: Clock;
  readonly random: () => number;
}

/** Sends victims at random moments of the window, whether or not those before have been served. */
export async function watchVictims({ pattern, pool, originNs, now, random }: Watch): Promise<VictimSample[]> {
  const moments = (count: number) => Array.from({ length: count }, () => random() * pattern.windowMs);
  const arrive = async (dueMs: number): Promise<number> => {
    await delay(Math.max(0, Math.ceil(dueMs - now() / 1e6)));
    return now();
  };
  const probe = async (dueMs: number): Promise<VictimSample> => {
    const handedNs = await arrive(dueMs);
    const message: StepMessage = { originNs, step: null };
    const [startedNs] = (await pool.run(message)) as StepTimes;
    const dueNs = dueMs * 1e6;
    return { kind: "probe", dueNs, delayNs: startedNs - dueNs, dispatchNs: handedNs - dueNs };
  };
  const callStat = async (dueMs: number): Promise<VictimSample> => {
    const calledNs = await arrive(dueMs);
    await stat(".");
    const dueNs = dueMs * 1e6;
    return { kind: "stat", dueNs, delayNs: now() - calledNs, dispatchNs: calledNs - dueNs };
  };
  return Promise.all([...moments(pattern.probes).map(probe), ...moments(pattern.stats).map(callStat)]);
}
