import type { Attributes, Meter, ObservableResult } from "@opentelemetry/api";
import type { Incidents } from "./channels.ts";
import type { PoolMetrics } from "./pool-metrics.ts";

/**
 * Gives metrics to OpenTelemetry in the manner of its semantic conventions for Node.js (`nodejs.…`), through the API that the
 * program has installed.
 *
 * @returns false where the program has no `@opentelemetry/api`, or one that knows no metrics
 */
export async function exportMetrics(
  read: () => readonly PoolMetrics[],
  incidents: Incidents,
): Promise<boolean> {
  try {
    const { metrics } = await import("@opentelemetry/api");
    measure(metrics.getMeter("scheduling-safety-watch"), read, incidents);
    return true;
  } catch {
    // Nobody waits for this, so that what is thrown here would end the program.
    return false;
  }
}

/** Makes the instruments of a meter. */
export function measure(meter: Meter, read: () => readonly PoolMetrics[], incidents: Incidents): void {
  const observe = (value: (metrics: PoolMetrics) => number) => (result: ObservableResult) => {
    for (const metrics of read()) result.observe(value(metrics), attributes(metrics.pool));
  };
  const gauge = (name: string, unit: string, description: string, value: (metrics: PoolMetrics) => number) =>
    meter
      .createObservableUpDownCounter(`nodejs.worker_pool.${name}`, { unit, description })
      .addCallback(observe(value));
  const counter = (
    name: string,
    unit: string,
    description: string,
    value: (metrics: PoolMetrics) => number,
  ) =>
    meter
      .createObservableCounter(`nodejs.worker_pool.${name}`, { unit, description })
      .addCallback(observe(value));
  gauge("workers", "{worker}", "Workers the pool may have.", ({ workers }) => workers);
  gauge("workers.held", "{worker}", "Workers held by a task.", ({ held }) => held);
  gauge("tasks.waiting", "{task}", "Tasks submitted and not started.", ({ waiting }) => waiting);
  counter("tasks", "{task}", "Tasks that are over.", ({ tasks }) => tasks);
  counter(
    "starved.time",
    "s",
    "Time in which every worker was held.",
    ({ starvedSeconds }) => starvedSeconds,
  );
  const wait = meter.createHistogram("nodejs.worker_pool.incident.wait", {
    unit: "s",
    description: "Longest wait of each incident.",
  });
  const duration = meter.createHistogram("nodejs.worker_pool.incident.duration", {
    unit: "s",
    description: "Time in which every worker was held, of each incident.",
  });
  incidents.listen((kind, { pool, culprits, victims, starvedNs }) => {
    if (kind !== "over") return;
    const who = { ...attributes(pool), "nodejs.worker_pool.task": culprits[0]?.task ?? "unknown" };
    duration.record(starvedNs / 1e9, who);
    wait.record((victims[0]?.longestWaitNs ?? 0) / 1e9, who);
  });
}

function attributes(pool: string): Attributes {
  return { "nodejs.worker_pool.name": pool };
}
