import { range } from "../../design/design-parts.ts";
import type { RunResult } from "../../design/experiment.ts";
import { quantile } from "../../stats/quantile.ts";
import { seededRandom } from "../../stats/random.ts";
import { burstPhases } from "../../tables/burst-phases.ts";
import type { ColumnOf } from "../../tables/schema.ts";
import { generateLoad } from "./generate-load.ts";
import type { Attempt, LoadPlan } from "./load-plan.ts";
import { type response, serviceSamples } from "./samples.ts";
import { startHttpService, type Treatment } from "./service.ts";

export const serviceLoads = ["closed-loop", "fixed-rate", "burst"] as const;
export type ServiceLoad = (typeof serviceLoads)[number];

export interface ServiceScenario {
  readonly treatment: Treatment;
  readonly workers: number;
  readonly load: ServiceLoad;
  readonly connections: number;
  readonly retries: number;
}

const blockingShare = 0.3;
const service = { thinkMs: 10, blockMs: 50, deadlineMs: 100 } as const;

/** Mean time of a request on an idle pool: at a fixed rate, N connections are N requests in this time. */
const periodMs = blockingShare * service.blockMs + service.thinkMs;

/** How long connections are kept busy, or the rate is kept up. */
const loadMs = 1200;

/** More than a closed loop can send in its time; from here on its pattern starts over. */
const longestPattern = 4096;

/** Runs the service under one load; the load's process and the service have ended when this resolves or rejects. */
export async function runService(
  scenario: ServiceScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const plan = planLoad(scenario, seededRandom(seed));
  const { workers, treatment } = scenario;
  const running = await startHttpService({ ...service, workers, treatment });
  const stop = new AbortController();
  const loading = generateLoad(running.port, plan, stop.signal);
  try {
    const attempts = await Promise.race([loading, running.failure]);
    return {
      samples: serviceSamples(attempts, running.records, service.deadlineMs),
      lostSamples: plan.kind === "fixed-rate" ? plan.intendedMs.length - firstAttempts(attempts) : 0,
      dispatcherDelayP99Ns: lateness(attempts),
    };
  } finally {
    stop.abort();
    await Promise.allSettled([loading]);
    await running.close();
  }
}

/** Counts requests that were not answered 200; retries are attempts of their own. */
export function countServiceFailures({ outcome }: { readonly outcome: ColumnOf<string> }) {
  return { failed: outcome.filter((one) => one !== "completed").length, trials: outcome.length };
}

/** How long one run takes, process start included. */
export function serviceMs({ load }: Pick<ServiceScenario, "load">): number {
  const startMs = 800;
  const { beforeMs, burstMs, afterMs } = burstPhases;
  return startMs + (load === "burst" ? beforeMs + burstMs + afterMs : loadMs);
}

function planLoad({ load, connections, retries }: ServiceScenario, random: () => number): LoadPlan {
  const draw = (count: number) => Array.from({ length: count }, () => random() < blockingShare);
  if (load === "closed-loop") {
    return { kind: "closed-loop", connections, loadMs, blocking: draw(longestPattern) };
  }
  const { beforeMs, burstMs, afterMs, connections: most } = burstPhases;
  const phases: readonly (readonly [ms: number, connections: number])[] =
    load === "fixed-rate"
      ? [[loadMs, connections]]
      : [
          [beforeMs, connections],
          [burstMs, most],
          [afterMs, connections],
        ];
  let fromMs = 0;
  const intendedMs = phases.flatMap(([ms, level]) => {
    const start = fromMs;
    fromMs += ms;
    return range(0, Math.round((ms * level) / periodMs) - 1).map((i) => start + (i * periodMs) / level);
  });
  return { kind: "fixed-rate", intendedMs, blocking: draw(intendedMs.length), retries };
}

function firstAttempts(attempts: readonly Attempt[]): number {
  return attempts.filter(({ attempt }) => attempt === 0).length;
}

/** p99 of how late the load generator sent what was due (ns): at a fixed rate it is the dispatcher. */
function lateness(attempts: readonly Attempt[]): number | null {
  const lateUs = attempts.flatMap(({ lateUs: late }) => late ?? []);
  const p99 = quantile(lateUs, 0.99, { minTail: 1 });
  return p99 === null ? null : Math.round(p99.estimate * 1000);
}
