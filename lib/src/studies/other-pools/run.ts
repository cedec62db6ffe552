import { dispatcherDelayP99 } from "../../design/dispatcher-delay.ts";
import type { RunResult } from "../../design/experiment.ts";
import type { Executor } from "../../executor/executor.ts";
import { type ExecutorName, executors } from "../../executor/executors.ts";
import { NotTestableError } from "../../measure/study-error.ts";
import { seededRandom } from "../../stats/random.ts";
import { inStepSweep, sweeps } from "../worker-count/experiment.ts";
import { type OtherPoolName, otherPools } from "./pools/pools.ts";
import type { response } from "./response.ts";
import { executorOn } from "./run-on-pool.ts";

export interface OtherPoolsScenario {
  readonly pool: ExecutorName | OtherPoolName;
  readonly node: "22" | "24" | "26";
  readonly workers: number;
  readonly sweep: "blockers" | "requests";
  readonly load: number;
}

/** Fewer than elsewhere: what is asked is where a task waits, not how many messages a dispatcher carries. */
export const probes = 20;

const kinds = { blockers: inStepSweep(probes), requests: sweeps.requests } as const;

/**
 * Measures one pool under one load once.
 *
 * @throws {NotTestableError} where this process does not run on the version of Node that is asked for.
 */
export async function runOtherPools(
  { pool, node, workers, sweep, load }: OtherPoolsScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const version = process.versions.node;
  if (!version.startsWith(`${node}.`)) {
    throw new NotTestableError(`Node ${node} is not installed here; run \`make runtimes\``);
  }
  const { specs, expected, samples } = kinds[sweep];
  const records = await executorOf(pool)(specs(load, seededRandom(seed)), workers);
  const rows = samples(records);
  return {
    samples: { ...rows, nodeVersion: rows.outcome.map(() => version) },
    lostSamples: expected(load) - rows.outcome.length,
    dispatcherDelayP99Ns: dispatcherDelayP99(records.polls),
  };
}

function executorOf(pool: OtherPoolsScenario["pool"]): Executor {
  return pool in executors ? executors[pool as ExecutorName] : executorOn(otherPools[pool as OtherPoolName]);
}
