import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Meter } from "@opentelemetry/api";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Incident } from "../../src/incident/incident.ts";
import { beganChannel, incidentEvents, overChannel } from "../../src/metrics/channels.ts";
import { exportMetrics, measure } from "../../src/metrics/open-telemetry.ts";
import { BucketCounts, type PoolMetrics } from "../../src/metrics/pool-metrics.ts";
import { prometheusText } from "../../src/metrics/prometheus-text.ts";
import { serveMetrics } from "../../src/metrics/serve-metrics.ts";

function metrics(pool = "images"): PoolMetrics {
  const wait = new BucketCounts();
  for (const seconds of [0.0005, 0.02, 0.7, 60]) wait.add(seconds);
  const hold = new BucketCounts().read();
  return {
    pool,
    workers: 4,
    held: 3,
    waiting: 2,
    tasks: 9,
    unseen: 0,
    incidents: 1,
    loads: 0,
    starvedSeconds: 0.8,
    wait: wait.read(),
    hold,
  };
}

const incident: Incident = {
  kind: "pool",
  pool: "images",
  workers: 4,
  beganNs: 0,
  endedNs: 8e8,
  toldNs: 0,
  starvedNs: 8e8,
  culprits: [{ task: "resize", share: 1, workers: 4, longestHoldNs: 8e8 }],
  victims: [{ task: "thumbnail", count: 1, waitedNs: 6e8, longestWaitNs: 6e8 }],
  notAttributable: 0,
  behindMainThread: 0,
  threads: null,
  stack: null,
  noStack: null,
};

test("writes Prometheus text with cumulative buckets and escaped names", () => {
  const text = prometheusText([metrics('a"b\\c')]);
  expect(text).toContain("# TYPE nodejs_worker_pool_workers_held gauge");
  expect(text).toContain('nodejs_worker_pool_workers_held{pool="a\\"b\\\\c"} 3');
  const buckets = [...text.matchAll(/task_wait_seconds_bucket\{.*le="([^"]+)"\} (\d+)/g)].map(
    ([, le, count]) => [le, count],
  );
  expect(buckets).toEqual([
    ["0.001", "1"],
    ["0.005", "1"],
    ["0.01", "1"],
    ["0.025", "2"],
    ["0.05", "2"],
    ["0.1", "2"],
    ["0.25", "2"],
    ["0.5", "2"],
    ["1", "3"],
    ["2.5", "3"],
    ["5", "3"],
    ["10", "3"],
    ["+Inf", "4"],
  ]);
  expect(text).toMatch(/task_wait_seconds_count\{pool=.*\} 4\n/);
});

test("publishes incidents on diagnostics channels as they begin and when they are over", () => {
  const seen: unknown[] = [];
  const note = (message: unknown, name: string | symbol) => seen.push([name, message]);
  subscribe(beganChannel, note);
  subscribe(overChannel, note);
  const events = incidentEvents();
  events.publish("began", incident);
  events.publish("over", incident);
  unsubscribe(beganChannel, note);
  unsubscribe(overChannel, note);
  expect(seen).toEqual([
    [beganChannel, incident],
    [overChannel, incident],
  ]);
});

test("gives OpenTelemetry gauges, counters and what each incident came to", () => {
  const observed: Record<string, unknown> = {};
  const recorded: Record<string, unknown> = {};
  const observable = (name: string) => ({
    addCallback: (callback: (result: { observe: (value: number, attributes: object) => void }) => void) =>
      callback({
        observe: (value, attributes) => {
          observed[name] = [value, attributes];
        },
      }),
  });
  const meter = {
    createObservableUpDownCounter: observable,
    createObservableCounter: observable,
    createHistogram: (name: string) => ({
      record: (value: number, attributes: object) => {
        recorded[name] = [value, attributes];
      },
    }),
  } as unknown as Meter;
  const events = incidentEvents();
  measure(meter, () => [metrics()], events);
  events.publish("over", incident);
  const name = { "nodejs.worker_pool.name": "images" };
  expect(observed).toEqual({
    "nodejs.worker_pool.workers": [4, name],
    "nodejs.worker_pool.workers.held": [3, name],
    "nodejs.worker_pool.tasks.waiting": [2, name],
    "nodejs.worker_pool.tasks": [9, name],
    "nodejs.worker_pool.starved.time": [0.8, name],
  });
  const who = { ...name, "nodejs.worker_pool.task": "resize" };
  expect(recorded).toEqual({
    "nodejs.worker_pool.incident.duration": [0.8, who],
    "nodejs.worker_pool.incident.wait": [0.6, who],
  });
});

test("goes on without OpenTelemetry where the program's knows no metrics yet", async () => {
  vi.doMock("@opentelemetry/api", () => ({ metrics: undefined }));
  onTestFinished(() => void vi.doUnmock("@opentelemetry/api"));
  expect(await exportMetrics(() => [], incidentEvents())).toBe(false);
});

test("says in one sentence that its port is in use", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  const line = await new Promise<string>((resolve) => serveMetrics(port, () => [], resolve));
  other.close();
  expect(line).toMatch(
    new RegExp(`^metrics cannot be served on port ${port}: .*EADDRINUSE.*; the watch goes on without them$`),
  );
});
