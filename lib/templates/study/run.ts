import { setTimeout as delay } from "node:timers/promises";
import type { Piscina } from "piscina";
import type { RunResult } from "../../src/design/experiment.ts";
import { poolFailure, startWorkerPool } from "../../src/executor/worker-pool.ts";
import { type Clock, startClock } from "../../src/measure/clock.ts";
import { entryBeside } from "../../src/measure/entry-beside.ts";
import { quantile } from "../../src/stats/quantile.ts";
import { seededRandom } from "../../src/stats/random.ts";
import type { response } from "./response.ts";
import type { TaskMessage } from "./worker.ts";

export const workers = 2;
export const windowMs = 600;
const probes = 60;
const holdMs = 40;

/** How many workers other tasks hold. */
export const heldWorkers = { none: 0, one: 1, all: workers } as const;

export interface TemplateStudyScenario {
  readonly held: keyof typeof heldWorkers;
}

interface Probe {
  readonly dueNs: number;
  readonly dispatchNs: number;
  readonly delayNs: number;
}

/** Measures one scenario once: holds workers, sends probes at random moments, and ends when all have been served. */
export async function runTemplateStudy(
  { held }: TemplateStudyScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const pool = startWorkerPool(entryBeside(import.meta.url, "worker"), workers);
  try {
    await Promise.race([warmUp(pool), poolFailure(pool)]);
    const originNs = process.hrtime.bigint();
    const now = startClock(originNs);
    const holders = Array.from({ length: heldWorkers[held] }, () => hold(pool, originNs, now));
    const sent = Array.from({ length: probes }, () => sendProbe(pool, originNs, now, random() * windowMs));
    const [served] = await Promise.race([
      Promise.all([Promise.all(sent), Promise.all(holders)]),
      poolFailure(pool),
    ]);
    return result(served);
  } finally {
    await pool.close();
  }
}

/** Lets every worker load its code, so that no probe waits for that. */
async function warmUp(pool: Piscina): Promise<void> {
  const message: TaskMessage = { originNs: process.hrtime.bigint(), holdMs };
  await Promise.all(Array.from({ length: workers }, () => pool.run(message)));
}

/** Sends tasks that hold a worker, the next when the last has ended, until the window closes. */
async function hold(pool: Piscina, originNs: bigint, now: Clock): Promise<void> {
  while (now() < windowMs * 1e6) await pool.run({ originNs, holdMs } satisfies TaskMessage);
}

async function sendProbe(pool: Piscina, originNs: bigint, now: Clock, dueMs: number): Promise<Probe> {
  await delay(Math.max(0, Math.ceil(dueMs - now() / 1e6)));
  const [dueNs, handedNs] = [dueMs * 1e6, now()];
  const message: TaskMessage = { originNs, holdMs: 0 };
  const startedNs = (await pool.run(message)) as number;
  return { dueNs, dispatchNs: handedNs - dueNs, delayNs: startedNs - dueNs };
}

function result(served: readonly Probe[]): RunResult<typeof response> {
  const column = (name: keyof Probe) => Float64Array.from(served, (probe) => Math.round(probe[name]));
  const dispatchNs = column("dispatchNs");
  const late = quantile([...dispatchNs], 0.99, { minTail: 1 });
  return {
    samples: { dueNs: column("dueNs"), dispatchNs, delayNs: column("delayNs") },
    lostSamples: probes - served.length,
    dispatcherDelayP99Ns: late && Math.round(late.estimate),
  };
}
