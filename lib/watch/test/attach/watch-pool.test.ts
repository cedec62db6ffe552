import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { Piscina } from "piscina";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { watchPool } from "../../src/attach/watch-pool.ts";
import { watchTasks } from "../../src/attach/watch-tasks.ts";
import type { Incident } from "../../src/incident/incident.ts";
import { Watch } from "../../src/watch.ts";

const filename = new URL("../fixtures/gated-tasks.mjs", import.meta.url).href;
const watch = Watch.start({ lines: "off", mainMs: 60_000, libuvMs: 60_000 });
const pools: Piscina[] = [];

afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.destroy())));
afterAll(() => watch.stop());

function startPool(workers: number): Piscina {
  const pool = new Piscina({ filename, minThreads: workers, maxThreads: workers });
  pools.push(pool);
  return pool;
}

/** Resolves with the next incident of a pool that begins or is over. */
function next(kind: "began" | "over", pool: string): Promise<Incident> {
  return new Promise((resolve) => {
    const stop = watch.incidents.listen((each, incident) => {
      if (each !== kind || incident.pool !== pool) return;
      stop();
      resolve(incident);
    });
  });
}

function openGate(gate: Int32Array): void {
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
}

test("names the task that holds every worker while it does, and the one that waits", async () => {
  const pool = startPool(2);
  const { name } = watchPool(pool, { name: "images" });
  expect(name).toBe("images");
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const began = next("began", "images");
  const over = next("over", "images");
  const holds = [pool.run(gate, { name: "hold" }), pool.run(gate, { name: "hold" })];
  const victim = pool.run(7, { name: "quick" });
  const live = await began;
  expect(live).toMatchObject({ endedNs: null, workers: 2 });
  expect(live.culprits[0]).toMatchObject({ task: "hold" });
  openGate(gate);
  expect(await Promise.all([...holds, victim])).toEqual(["held", "held", 7]);
  const record = await over;
  expect(record.culprits[0]).toMatchObject({ task: "hold", workers: 2 });
  expect(record.victims.map(({ task }) => task)).toContain("quick");
  // One task waited through one stretch with every worker held, and that went on when it was first told of.
  expect(record.starvedNs).toBe((record.endedNs as number) - record.beganNs);
  expect(record.starvedNs).toBeGreaterThan(live.starvedNs);
});

test("passes results, errors, transfers and refusals through as they are", async () => {
  const pool = startPool(1);
  watchPool(pool);
  expect(await pool.run("x", { name: "quick" })).toBe("x");
  expect(await pool.run("by default")).toBe("by default");
  await expect(pool.run(0, { name: "fail" })).rejects.toThrow(new RangeError("as asked"));
  await expect(pool.run(0, { name: "none" })).rejects.toThrow("No handler function exported from");
  await expect(pool.run(0, null as never)).rejects.toThrow("options must be an object");
  const bytes = new Uint8Array(8);
  expect(await pool.run(Piscina.move(bytes), { name: "moved" })).toBe(8);
  expect(bytes.byteLength).toBe(0);
  const buffer = new ArrayBuffer(4);
  expect(await pool.run(buffer, { name: "moved", transferList: [buffer] as never })).toBe(4);
  expect(buffer.byteLength).toBe(0);
  const aborted = AbortSignal.abort();
  await expect(pool.run(0, { name: "quick", signal: aborted })).rejects.toThrow("aborted");
});

test("lets go of a worker whose running task was aborted", async () => {
  const pool = startPool(1);
  watchPool(pool, { name: "aborting" });
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const controller = new AbortController();
  const over = next("over", "aborting");
  const began = next("began", "aborting");
  const held = pool.run(gate, { name: "hold", signal: controller.signal });
  const victim = pool.run(1, { name: "quick" });
  await began;
  controller.abort();
  await expect(held).rejects.toThrow("aborted");
  expect(await victim).toBe(1);
  expect((await over).culprits[0]).toMatchObject({ task: "hold" });
});

test("is undone: the pool runs tasks as before", async () => {
  const pool = startPool(1);
  const { run } = pool;
  const poolWatch = watchPool(pool, { taskName: () => "named" });
  expect(pool.run).not.toBe(run);
  poolWatch.stop();
  expect(pool.run).toBe(run);
  expect(await pool.run(3, { name: "quick" })).toBe(3);
});

test("watches a pool anew that gets a task after its end, until that is undone", async () => {
  const pool = startPool(1);
  const { run, destroy } = pool;
  const poolWatch = watchPool(pool, { name: "again" });
  await pool.destroy();
  expect(await pool.run(4, { name: "quick" })).toBe(4);
  expect(watchPool(startPool(1), { name: "again" }).name).toBe("again 2");
  await pool.destroy();
  poolWatch.stop();
  expect(pool.run).toBe(run);
  expect(pool.destroy).toBe(destroy);
  expect(pool.listenerCount("close")).toBe(0);
});

test("watches a pool anew whose run somebody has wrapped since, until that is undone", async () => {
  const pool = startPool(1);
  const poolWatch = watchPool(pool, { name: "wrapped" });
  const { run } = pool;
  pool.run = (task, options) => run.call(pool, task, options);
  await pool.destroy();
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const began = next("began", "wrapped");
  const tasks = [pool.run(gate, { name: "hold" }), pool.run(1, { name: "quick" })];
  expect((await began).culprits[0]).toMatchObject({ task: "hold" });
  openGate(gate);
  expect(await Promise.all(tasks)).toEqual(["held", 1]);
  poolWatch.stop();
  const submit = vi.spyOn(watch, "submit");
  expect(await pool.run(2, { name: "quick" })).toBe(2);
  expect(submit).not.toHaveBeenCalled();
});

test("undone a second time, a watch does not forget the one that has taken its place", () => {
  const pool = startPool(1);
  const first = watchPool(pool, { name: "twice" });
  watchPool(pool, { name: "twice" });
  first.stop();
  expect(watchPool(pool, { name: "twice" }).name).toBe("twice");
});

test("refuses what is no pool, what it does not know, and versions it was not tried with", () => {
  expect(() => watchPool({})).toThrow("pool must be one of Piscina or Tinypool; got an object of Object");
  const pool = startPool(1);
  expect(() => watchPool(pool, { holdsMs: 3 } as never)).toThrow("option is unknown: holdsMs");
  expect(() => watchPool(pool, { name: 3 } as never)).toThrow("name must be a text; got 3");
  const refusal = "must be a number of milliseconds ≥ 0; got";
  expect(() => watchPool(pool, { holdMs: Number.NaN })).toThrow(`holdMs ${refusal} NaN`);
  const tasks = { name: "tasks", workers: 1, waitMs: "10" };
  expect(() => watchTasks(tasks as never)).toThrow(`waitMs ${refusal} 10`);
  class Old {
    static readonly version = "3.2.0";
    readonly threads = [];
    run() {}
  }
  expect(() => watchPool(new Old())).toThrow("Piscina 3.2.0 is not watched, only ≥ 4.9 and < 6.0");
});

test("survives a taskName that fails", async () => {
  const pool = startPool(1);
  watchPool(pool, {
    taskName: () => {
      throw new Error("no name");
    },
  });
  expect(await pool.run(5, { name: "quick" })).toBe(5);
});

test("watches hand-made workers that wrap their handler in one line", async () => {
  const worker = new Worker(new URL("../fixtures/hand-made-worker.mjs", import.meta.url));
  const tasks = watchTasks({ name: "hand-made", workers: 1, threads: () => [worker] });
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const began = next("began", "hand-made");
  const over = next("over", "hand-made");
  worker.postMessage(tasks.mark("report", { gate }));
  worker.postMessage(tasks.mark("ping", { value: 2 }));
  worker.postMessage({ value: "unmarked" });
  expect((await began).culprits[0]).toMatchObject({ task: "report", workers: 1 });
  openGate(gate);
  expect((await once(worker, "message"))[0]).toBe("unmarked");
  expect((await over).victims[0]).toMatchObject({ task: "ping" });
  tasks.stop();
  await worker.terminate();
});
