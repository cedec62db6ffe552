import { setTimeout as delay } from "node:timers/promises";
import { range } from "../../design/design-parts.ts";
import type { RunResult } from "../../design/experiment.ts";
import { startClock } from "../../measure/clock.ts";
import { quantile } from "../../stats/quantile.ts";
import { seededRandom, shuffle } from "../../stats/random.ts";
import { columnsFrom, type RowOf } from "../../tables/columns-from.ts";
import { response } from "./response.ts";
import { type SourcePool, startSourcePool } from "./source-pool.ts";
import { blockingSource, type SourceName } from "./sources.ts";

export interface BlockingSourcesScenario {
  readonly source: SourceName;
  readonly workers: number;
}

/** A call or a poll; its times are rounded once it is stored. */
type Sample = Omit<RowOf<typeof response>, "family" | "expected">;

const probes = 6;
const sleepMs = 10;
/** Callers go on for this long, and for at least this many calls. */
const windowMs = 400;
const fewestCalls = 2;

/** Measures one pool and its prepared source with 0, workers − 1 and workers callers, in seeded order. */
export async function runBlockingSources(
  { source, workers }: BlockingSourcesScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const { family, expected } = blockingSource(source);
  const random = seededRandom(seed);
  const pool = await startSourcePool(source, workers);
  const samples: Sample[] = [];
  try {
    for (const callers of shuffle([0, workers - 1, workers], random)) {
      await Promise.race([measure(pool, callers, random, samples), pool.failure]);
    }
  } finally {
    await pool.close();
  }
  // Beside computing callers and their garbage collector the dispatcher waits for a core, too: that is part of what is
  // measured, and in the samples. Without callers its lateness is the host's.
  const dispatch = samples
    .filter(({ callers }) => callers === 0)
    .flatMap(({ dispatchNs }) => dispatchNs ?? []);
  const p99 = quantile(dispatch, 0.99, { minTail: 1 });
  return {
    samples: columnsFrom(
      response,
      samples.map((sample) => ({ family, expected, ...rounded(sample) })),
    ),
    lostSamples: 0,
    dispatcherDelayP99Ns: p99 === null ? null : Math.round(p99.estimate),
  };
}

/** Runs callers and probes side by side; the probes end with the last caller. */
async function measure(
  pool: SourcePool,
  callers: number,
  random: () => number,
  samples: Sample[],
): Promise<void> {
  const now = startClock(pool.originNs);
  const endNs = now() + windowMs * 1e6;
  let calling = true;

  const caller = async (number: number): Promise<void> => {
    for (let round = 0; round < fewestCalls || now() < endNs; round++) {
      const { startedNs, endedNs, cpuNs, worker } = await pool.hold();
      const probe = { dispatchNs: null, overheadNs: null };
      samples.push({
        kind: "call",
        callers,
        number,
        round,
        worker,
        heldNs: endedNs - startedNs,
        cpuNs,
        ...probe,
      });
    }
  };
  const probe = async (number: number, phaseMs: number): Promise<void> => {
    let dueNs = now() + phaseMs * 1e6;
    for (let round = 0; calling; round++) {
      // Node cuts fractions of a millisecond off, and the wake-up would come before it is due.
      await delay(Math.max(0, Math.ceil((dueNs - now()) / 1e6)));
      const dispatchNs = now() - dueNs;
      const { startedNs, worker } = await pool.wake();
      const call = { heldNs: null, cpuNs: null };
      const overheadNs = startedNs - dueNs;
      samples.push({ kind: "probe", callers, number, round, worker, dispatchNs, overheadNs, ...call });
      dueNs = now() + sleepMs * 1e6;
    }
  };

  const probing = range(0, probes - 1).map((number) => probe(number, random() * sleepMs));
  await (callers === 0 ? delay(windowMs / 2) : Promise.all(range(0, callers - 1).map(caller)));
  calling = false;
  await Promise.all(probing);
}

function rounded(sample: Sample): Sample {
  const { heldNs, cpuNs, dispatchNs, overheadNs } = sample;
  const whole = (ns: number | null) => (ns === null ? null : Math.round(ns));
  return {
    ...sample,
    heldNs: whole(heldNs),
    cpuNs: whole(cpuNs),
    dispatchNs: whole(dispatchNs),
    overheadNs: whole(overheadNs),
  };
}
