import { setTimeout as delay } from "node:timers/promises";
import { namesOf } from "../../design/names-of.ts";
import { startClock } from "../../measure/clock.ts";
import { quantile } from "../../stats/quantile.ts";
import { seededRandom } from "../../stats/random.ts";
import { prepareBoundedChannel } from "./bounded-channel.ts";
import { prepareConnectionPool } from "./connection-pool.ts";
import { DesignedErrors, type ErrorDesign } from "./error-design.ts";
import { prepareMutex } from "./mutex.ts";
import type { Observed, PrepareMechanism } from "./operation.ts";
import { type NamedPolls, StepPool } from "./step-pool.ts";
import { prepareTimeOut } from "./time-out.ts";

/** The four ways in which starvation surfaces as somebody else's error. */
const mechanisms = {
  "time-out": prepareTimeOut,
  "bounded-channel": prepareBoundedChannel,
  "connection-pool": prepareConnectionPool,
  mutex: prepareMutex,
} as const satisfies Record<string, PrepareMechanism>;

export type MechanismName = keyof typeof mechanisms;

export const mechanismNames = namesOf(mechanisms);

/** One service under one kind of load. */
export interface MechanismScenario {
  readonly mechanism: MechanismName;
  readonly workers: number;
  readonly blockers: number;
  /** Where the blockers run: on the pool of the operations, or on a second pool of as many workers. */
  readonly placement: "shared" | "isolated";
  /** A slow service that every operation also waits for (ms); 0 for none. */
  readonly dependencyMs: number;
  /** What errors are given to carry (default: plain). */
  readonly errors?: ErrorDesign;
}

/** What became of the operations, and who held the workers of their pool meanwhile. */
export interface MechanismRecords extends Observed {
  /** When the first operation could arrive (ns since the origin of all stamps). */
  readonly startNs: number;
  readonly records: NamedPolls;
}

/** The name of the blockers' steps in the pool's records. */
export const culpritTask = "report";

/** Operations of a run, and the mean time between two of them. */
export const operationsPerRun = 120;
const periodMs = 5;

/** Blockers hold a worker for 50 ± 10 ms, hand it back, and ask for one again, for as long as operations run. */
const blockMs = [40, 60] as const;

/** Between the start of the blockers and the first operation: more than one block. */
const leadMs = 100;

/**
 * Runs the operations of one mechanism beside the blockers.
 *
 * @throws {NotTestableError} when this host lacks what the mechanism needs.
 */
export async function observeMechanism(scenario: MechanismScenario, seed: number): Promise<MechanismRecords> {
  const { workers, dependencyMs } = scenario;
  const random = seededRandom(seed);
  const originNs = process.hrtime.bigint();
  const now = startClock(originNs);
  const errors = new DesignedErrors(scenario.errors ?? "plain");
  const resources = new AsyncDisposableStack();
  try {
    const pool = await StepPool.start(workers, originNs);
    resources.defer(() => pool.close());
    const mechanism = await mechanisms[scenario.mechanism]({ pool, originNs, now, dependencyMs, errors });
    resources.defer(() => mechanism.close());
    let reportPool = pool;
    if (scenario.placement === "isolated") {
      const isolated = await StepPool.start(workers, originNs);
      resources.defer(() => isolated.close());
      reportPool = isolated;
    }

    const reports = startReports(reportPool, scenario.blockers, random, errors);
    const startNs = now() + leadMs * 1e6;
    const observed = await mechanism.serve(arrivals(startNs, random));
    await reports.stop();
    return { ...observed, startNs, records: pool.records() };
  } finally {
    await resources.disposeAsync();
  }
}

/** One arrival at a random moment of every period. */
function arrivals(startNs: number, random: () => number): number[] {
  return Array.from(
    { length: operationsPerRun },
    (_, index) => startNs + Math.round((index + random()) * periodMs * 1e6),
  );
}

function startReports(
  pool: StepPool,
  count: number,
  random: () => number,
  errors: DesignedErrors,
): { stop(): Promise<void> } {
  let stopped = false;
  const [least, most] = blockMs;
  const block = async (): Promise<void> => {
    const heldMs = least + random() * (most - least);
    if (!errors.blockersThrow) await pool.run(culpritTask, "park", heldMs);
    else await pool.run(culpritTask, "parkThenThrow", heldMs).catch((error) => errors.poolFailed(error));
  };
  const keepBlocking = async (): Promise<void> => {
    await delay(random() * least);
    while (!stopped) await block();
  };
  const reports = Array.from({ length: count }, () => errors.run(culpritTask, keepBlocking));
  const all = Promise.all(reports);
  all.catch(() => {});
  return {
    stop: async () => {
      stopped = true;
      await all;
    },
  };
}

/** p99 of how late operations started (ns): what the main thread, not the pool, did to them. */
export function arrivalDelayP99({ operations }: Pick<MechanismRecords, "operations">): number | null {
  const delays = operations.map(({ beganNs, intendedNs }) => beganNs - intendedNs);
  const p99 = quantile(delays, 0.99, { minTail: 1 });
  return p99 === null ? null : Math.round(p99.estimate);
}
