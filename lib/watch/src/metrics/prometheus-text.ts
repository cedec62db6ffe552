import { bounds, type Histogram, type PoolMetrics } from "./pool-metrics.ts";

interface Family {
  readonly name: string;
  readonly type: "gauge" | "counter";
  readonly help: string;
  readonly value: (metrics: PoolMetrics) => number;
}

const families: readonly Family[] = [
  family("workers", "gauge", "Workers the pool may have", ({ workers }) => workers),
  family("workers_held", "gauge", "Workers held by a task", ({ held }) => held),
  family("tasks_waiting", "gauge", "Tasks submitted and not started", ({ waiting }) => waiting),
  family("tasks_total", "counter", "Tasks that are over", ({ tasks }) => tasks),
  family(
    "tasks_unseen_total",
    "counter",
    "Tasks of the process whose times are not known",
    ({ unseen }) => unseen,
  ),
  family(
    "incidents_total",
    "counter",
    "Times all workers were held while somebody waited",
    ({ incidents }) => incidents,
  ),
  family("loads_total", "counter", "Times tasks waited as long with no long hold", ({ loads }) => loads),
  family(
    "starved_seconds_total",
    "counter",
    "Time in which every worker was held",
    ({ starvedSeconds }) => starvedSeconds,
  ),
];

/**
 * Writes metrics as Prometheus reads them.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function prometheusText(metrics: readonly PoolMetrics[]): string {
  const simple = families.flatMap(({ name, type, help, value }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...metrics.map((pool) => `${name}{pool="${escaped(pool.pool)}"} ${value(pool)}`),
  ]);
  return `${[
    ...simple,
    ...histogram("task_wait_seconds", "From submission to start", metrics, ({ wait }) => wait),
    ...histogram("task_hold_seconds", "From start to end, on the worker", metrics, ({ hold }) => hold),
  ].join("\n")}\n`;
}

function histogram(
  name: string,
  help: string,
  metrics: readonly PoolMetrics[],
  of: (metrics: PoolMetrics) => Histogram,
): string[] {
  const full = `nodejs_worker_pool_${name}`;
  const lines = metrics.flatMap((pool) => {
    const { counts, sum } = of(pool);
    const label = `pool="${escaped(pool.pool)}"`;
    let count = 0;
    const buckets = counts.map((each, at) => {
      count += each;
      return `${full}_bucket{${label},le="${bounds[at] ?? "+Inf"}"} ${count}`;
    });
    return [...buckets, `${full}_sum{${label}} ${sum}`, `${full}_count{${label}} ${count}`];
  });
  return [`# HELP ${full} ${help}`, `# TYPE ${full} histogram`, ...lines];
}

function family(name: string, type: Family["type"], help: string, value: Family["value"]): Family {
  return { name: `nodejs_worker_pool_${name}`, type, help, value };
}

function escaped(label: string): string {
  return label.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n");
}
