import { type ColumnTable, from } from "arquero";

const executors = ["run-queue", "piscina", "pinned"];
const levels = [0, 1, 3, 4, 6];

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
export const delays: ColumnTable = from(
  executors.flatMap((executor, e) =>
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
            ...interval("p50", "Ms", p50),
            ...interval("p99", "Ms", e === 1 && blockers === 1 ? null : p99),
            ...interval("ratio", "", p99 / p50),
          };
        }),
    ),
  ),
);

export const components: ColumnTable = from(
  ["run-queue", "piscina"].flatMap((executor, e) =>
    levels.map((blockers) => ({
      executor,
      blockers,
      ...interval("dispatchP99", "Ms", 0.9 + e),
      ...interval("queueP99", "Ms", blockers < 4 ? 0.2 + e : 42),
    })),
  ),
);

export const designs: ColumnTable = from(
  ["original", "open loop", "one 150 ms burst"].flatMap((design, d) =>
    executors.map((executor, e) => ({
      design,
      executor,
      workers: 4,
      ...interval("below", "Ms", e === 2 ? 41 : 1.2 + d),
      ...interval("at", "Ms", 41 + 50 * d),
      ...interval("step", "", d === 1 && e === 1 ? null : 41 / (e === 2 ? 41 : 1.2)),
    })),
  ),
);

export const floor: ColumnTable = from(
  executors.flatMap((executor, e) =>
    ["p50", "p99"].map((quantile, q) => ({
      executor,
      probes: 50,
      quantile,
      ...interval("executor", "Ms", e === 1 && q === 0 ? -0.1 : 0.2 + e + q),
      ...interval("timer", "Ms", 0.3 + q),
      ...interval("ratio", "", e === 1 && q === 0 ? null : (0.2 + e + q) / (0.3 + q)),
    })),
  ),
);

const rates = (clients: number, bend: number) => Math.min(1, Math.max(0, (clients - bend) / 30));

export const failures: ColumnTable = from(
  executors.flatMap((executor, e) =>
    ["closed-loop", "open-loop"].flatMap((load, l) =>
      [1, 15, 20, 30, 50].map((clients) => ({
        executor,
        workers: 4,
        load,
        clients,
        ...interval("failure", "Share", rates(clients, 18 - 3 * e - 12 * l)),
      })),
    ),
  ),
);

export const latencies: ColumnTable = from(
  executors.flatMap((executor, e) =>
    [1, 15, 20, 30, 50].map((clients) => ({
      executor,
      workers: 4,
      load: "closed-loop",
      clients,
      ...interval("p50", "Ms", Math.min(100, 12 + 3 * clients)),
      ...interval("p99", "Ms", clients < 20 ? null : 150 + 4 * clients + 20 * e),
    })),
  ),
);

export const victims: ColumnTable = from(
  executors.flatMap((executor, e) =>
    ["bystanders", "culprits"].flatMap((who, w) =>
      [1, 15, 20, 30, 50].map((clients) => ({
        executor,
        clients,
        who,
        ...interval("failure", "Share", rates(clients, 17 - 3 * e + w)),
      })),
    ),
  ),
);

export const publishedDelays: ColumnTable = from(
  [0, 3, 4].flatMap((blockers) =>
    [500, 50].flatMap((async_tasks) =>
      ["p50", "p99"].map((metric, m) => ({
        run: 1,
        async_tasks,
        blockers,
        metric,
        value: blockers === 4 && m === 1 ? 90_000 + 100 * async_tasks : 1200 + 200 * m,
      })),
    ),
  ),
);

export const publishedFailures: ColumnTable = from(
  [10, 20, 30, 50].map((concurrency) => ({
    concurrency,
    metric: "failure_rate",
    value: 100 * rates(concurrency, 19),
  })),
);

function interval(name: string, unit: string, estimate: number | null) {
  const around = (factor: number) => (estimate === null ? null : estimate * factor);
  return {
    [`${name}${unit}`]: estimate,
    [`${name}Low${unit}`]: around(0.9),
    [`${name}High${unit}`]: around(1.15),
  };
}
