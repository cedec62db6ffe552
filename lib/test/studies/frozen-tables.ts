import type { PublishedRow } from "../../src/drawing/published-rows.ts";
import { executorNames } from "../../src/executor/executors.ts";
import type {
  FailureRate,
  RequestLatencies,
  VictimFailures,
} from "../../src/studies/request-timeouts/analysis.ts";
import type {
  DelayComponents,
  DelayDesign,
  DelayPercentiles,
  NoiseFloor,
} from "../../src/studies/scheduling-delay/analysis.ts";
import { interval, unmeasured } from "../summary/interval.ts";

const levels = [0, 1, 3, 4, 6];

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
export const delays: readonly DelayPercentiles[] = executorNames.flatMap((executor, e) =>
  [4, 2].flatMap((workers) =>
    levels
      .filter((blockers) => blockers <= workers + 2)
      .map((blockers) => {
        const starved = executor === "pinned" ? blockers > 0 : blockers >= workers;
        const p50 = (0.2 + 0.1 * e) * (starved && e < 2 ? 4 : 1);
        const p99 = starved ? 41 + 3 * e + blockers : 1.1 + e;
        return {
          executor,
          workers,
          blockers,
          runs: 20,
          samples: 10_000,
          ...interval("p50", "Ms", p50),
          ...interval("p99", "Ms", e === 1 && blockers === 1 ? null : p99),
          hdrP99Ms: null,
          hdrErrorMs: null,
          ...interval("ratio", "", p99 / p50),
          ...unmeasured("late", "Share"),
        };
      }),
  ),
);

export const components: readonly DelayComponents[] = (["run-queue", "piscina"] as const).flatMap(
  (executor, e) =>
    levels.map((blockers) => ({
      executor,
      blockers,
      ...unmeasured("dispatchP50", "Ms"),
      ...interval("dispatchP99", "Ms", 0.9 + e),
      ...unmeasured("queueP50", "Ms"),
      ...interval("queueP99", "Ms", blockers < 4 ? 0.2 + e : 42),
    })),
);

export const designs: readonly DelayDesign[] = (
  ["original", "open loop", "one 150 ms burst"] as const
).flatMap((design, d) =>
  executorNames.map((executor, e) => ({
    design,
    executor,
    workers: 4,
    runs: 20,
    ...interval("below", "Ms", e === 2 ? 41 : 1.2 + d),
    ...interval("at", "Ms", 41 + 50 * d),
    ...unmeasured("p50Below", "Ms"),
    ...unmeasured("p50At", "Ms"),
    ...interval("step", "", d === 1 && e === 1 ? null : 41 / (e === 2 ? 41 : 1.2)),
  })),
);

export const floor: readonly NoiseFloor[] = executorNames.flatMap((executor, e) =>
  (["p50", "p99"] as const).map((quantile, q) => ({
    baseline: "bare-timer",
    executor,
    probes: 50,
    quantile,
    runs: 20,
    ...interval("executor", "Ms", e === 1 && q === 0 ? -0.1 : 0.2 + e + q),
    ...interval("timer", "Ms", 0.3 + q),
    ...interval("ratio", "", e === 1 && q === 0 ? null : (0.2 + e + q) / (0.3 + q)),
    ...unmeasured("difference", "Ms"),
  })),
);

const rates = (clients: number, bend: number) => Math.min(1, Math.max(0, (clients - bend) / 30));

export const failures: readonly FailureRate[] = executorNames.flatMap((executor, e) =>
  (["closed-loop", "open-loop"] as const).flatMap((load, l) =>
    [1, 15, 20, 30, 50].map((clients) => ({
      executor,
      workers: 4,
      load,
      clients,
      runs: 20,
      requests: 400 * clients,
      failures: 0,
      ...interval("failure", "Share", rates(clients, 18 - 3 * e - 12 * l)),
      ...unmeasured("wilson", "Share"),
      ...unmeasured("met", "Share"),
      falseTimeouts: 0,
    })),
  ),
);

export const latencies: readonly RequestLatencies[] = executorNames.flatMap((executor, e) =>
  [1, 15, 20, 30, 50].map((clients) => ({
    executor,
    workers: 4,
    load: "closed-loop" as const,
    clients,
    runs: 20,
    ...interval("p50", "Ms", Math.min(100, 12 + 3 * clients)),
    ...interval("p99", "Ms", clients < 20 ? null : 150 + 4 * clients + 20 * e),
  })),
);

export const victims: readonly VictimFailures[] = executorNames.flatMap((executor, e) =>
  (["bystanders", "culprits"] as const).flatMap((who, w) =>
    [1, 15, 20, 30, 50].map((clients) => ({
      executor,
      clients,
      who,
      runs: 20,
      ...interval("failure", "Share", rates(clients, 17 - 3 * e + w)),
    })),
  ),
);

/** What every published value has besides its levels. */
export const published: PublishedRow = {
  experiment: "scheduling-delay",
  source: "made up",
  run: 1,
  workers: 4,
  async_tasks: null,
  blockers: null,
  concurrency: null,
  metric: "failure_rate",
  value: 0,
  unit: "",
};

export const publishedDelays: readonly PublishedRow[] = [0, 3, 4].flatMap((blockers) =>
  [500, 50].flatMap((async_tasks) =>
    (["p50", "p99"] as const).map((metric, m) => ({
      ...published,
      async_tasks,
      blockers,
      metric,
      value: blockers === 4 && m === 1 ? 90_000 + 100 * async_tasks : 1200 + 200 * m,
    })),
  ),
);

export const publishedFailures: readonly PublishedRow[] = [10, 20, 30, 50].map((concurrency) => ({
  ...published,
  concurrency,
  value: 100 * rates(concurrency, 19),
}));
