import { setTimeout as sleep } from "node:timers/promises";
import { Piscina } from "piscina";
import { Piscina as Piscina4 } from "piscina-4";
import { FixedThreadPool } from "poolifier";
import { Tinypool } from "tinypool";
import { afterAll, expect, test } from "vitest";
import workerpool from "workerpool";
import { watchPool } from "../../src/attach/watch-pool.ts";
import { watchTasks } from "../../src/attach/watch-tasks.ts";
import type { Incident } from "../../src/incident/incident.ts";
import { Watch } from "../../src/watch.ts";
import { gateUntilTold } from "../fixtures/gate.ts";
import { fixturePath } from "../run-node.ts";

const watch = Watch.start({ lines: "off", mainMs: 60_000, libuvMs: 60_000 });
afterAll(() => watch.stop());

/** Starves a pool of one with a task that parks until the watch has told of it, and gives the incident. */
async function starve(
  pool: string,
  run: (name: string, task: unknown) => Promise<unknown>,
): Promise<Incident> {
  await run("quick", 0);
  const over = new Promise<Incident>((resolve) => {
    const stop = watch.incidents.listen((kind, incident) => {
      if (kind !== "over" || incident.pool !== pool) return;
      stop();
      resolve(incident);
    });
  });
  const [, answer] = await Promise.all([run("park", gateUntilTold()), run("quick", 7)]);
  expect(answer).toBe(7);
  return over;
}

const blamed = {
  culprits: [{ task: "park", workers: 1, longestHoldNs: expect.any(Number) }],
  victims: [{ task: "quick", count: 1 }],
};

test.each([
  ["Piscina 4.9", Piscina4],
  ["Tinypool 2", Tinypool],
] as const)("watches %s", async (name, Pool) => {
  const pool = new Pool({ filename: fixturePath("app-tasks.mjs"), minThreads: 1, maxThreads: 1 });
  watchPool(pool, { name });
  expect(await starve(name, (task, value) => pool.run(value, { name: task }))).toMatchObject(blamed);
  await pool.destroy();
});

const ofOne = { filename: fixturePath("app-tasks.mjs"), minThreads: 1, maxThreads: 1 };

test.each([
  ["Piscina, closed", () => new Piscina(ofOne), (pool: unknown) => (pool as Piscina).close()],
  ["Piscina, destroyed", () => new Piscina(ofOne), (pool: unknown) => (pool as Piscina).destroy()],
  ["Piscina 4.9, closed", () => new Piscina4(ofOne), (pool: unknown) => (pool as Piscina4).close()],
  ["Piscina 4.9, destroyed", () => new Piscina4(ofOne), (pool: unknown) => (pool as Piscina4).destroy()],
  ["Tinypool, destroyed", () => new Tinypool(ofOne), (pool: unknown) => (pool as Tinypool).destroy()],
] as const)("forgets a pool that has ended and goes on with its counts: %s", async (name, make, end) => {
  for (let pools = 0; pools < 3; pools++) {
    const pool = make();
    expect(watchPool(pool, { name }).name).toBe(name);
    await pool.run(1, { name: "quick" });
    await end(pool);
  }
  const told = () => watch.metrics.filter(({ pool }) => pool.startsWith(name));
  // They are told once a second.
  while (!told().some(({ tasks }) => tasks === 3)) await sleep(20);
  expect(told()).toMatchObject([{ pool: name, tasks: 3, held: 0, waiting: 0 }]);
});

test("watches workerpool, whose methods are wrapped in one word", async () => {
  const pool = workerpool.pool(fixturePath("workerpool-worker.mjs"), { maxWorkers: 1, workerType: "thread" });
  const tasks = watchTasks({ name: "workerpool", workers: 1 });
  const run = (name: string, task: unknown) =>
    tasks.run(name, task, (marked) => Promise.resolve(pool.exec(name, [marked])));
  expect(await starve("workerpool", run)).toMatchObject(blamed);
  expect(await run("own", null)).toBe("function");
  await pool.terminate();
});

test("watches poolifier, whose functions are wrapped in one word", async () => {
  const pool = new FixedThreadPool(1, fixturePath("poolifier-worker.mjs"));
  // Its own end waits for ever for the end of a thread that ended before it began to wait.
  const ended = Promise.all(
    pool.workerNodes.map(({ worker }) => new Promise((resolve) => worker.once("exit", resolve))),
  );
  const tasks = watchTasks({ name: "poolifier", workers: 1 });
  const run = (name: string, task: unknown) =>
    tasks.run(name, task, (marked) => pool.execute(marked as never, name));
  expect(await starve("poolifier", run)).toMatchObject(blamed);
  expect(await run("later", 8)).toBe(8);
  await Promise.race([pool.destroy(), ended]);
});
