import { Piscina } from "piscina";
import { Tinypool } from "tinypool";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { watchPool } from "../../src/attach/watch-pool.ts";
import { Watch } from "../../src/watch.ts";
import { fixturePath } from "../run-node.ts";

const watch = Watch.start({ workers: 1, lines: "off", mainMs: 60_000, libuvMs: 60_000 });
afterAll(() => watch.stop());

const filename = fixturePath("gated-tasks.mjs");

const piscina = (threads: number) => new Piscina({ filename, minThreads: threads, maxThreads: threads });
const tinypool = (threads: number) => new Tinypool({ filename, minThreads: threads, maxThreads: threads });

/** What becomes of a task that holds its worker and of three that wait when their pool is ended meanwhile. */
async function endBusy<Pool extends Piscina | Tinypool>(
  pool: Pool,
  end: (pool: Pool) => Promise<void>,
): Promise<unknown[]> {
  onTestFinished(() => pool.destroy());
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const held = pool.run(gate, { name: "hold" });
  const tasks = [held, ...[1, 2, 3].map((value) => pool.run(value, { name: "quick" }))];
  const settled = Promise.allSettled(tasks);
  Atomics.wait(gate, 1, 0);
  const ended = end(pool);
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
  await ended;
  const results = await settled;
  return results.map((result) => (result.status === "fulfilled" ? result.value : String(result.reason)));
}

test("a pool that is closed works off first what waits to be let in", async () => {
  const pool = piscina(2);
  const { close } = pool;
  const poolWatch = watchPool(pool);
  expect(await endBusy(pool, (busy) => busy.close())).toEqual(["held", 1, 2, 3]);
  poolWatch.stop();
  expect(pool.close).toBe(close);
});

test("closing a pool with a task that never ends breaks off when its time is over, whatever waits to be let in", async () => {
  const pool = new Piscina({ filename, minThreads: 2, maxThreads: 2, closeTimeout: 50 });
  watchPool(pool);
  const gate = new Int32Array(new SharedArrayBuffer(8));
  const tasks = Promise.allSettled([pool.run(gate, { name: "hold" }), pool.run(1, { name: "quick" })]);
  Atomics.wait(gate, 1, 0);
  await expect(pool.close()).rejects.toThrow("Close operation timed out");
  await pool.destroy();
  expect((await tasks).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});

test.each([
  ["Piscina, closed by force", piscina, (pool: unknown) => (pool as Piscina).close({ force: true })],
  ["Piscina, destroyed", piscina, (pool: unknown) => (pool as Piscina).destroy()],
  ["Tinypool, destroyed", tinypool, (pool: unknown) => (pool as Tinypool).destroy()],
  ["Tinypool, cancelled", tinypool, async (pool: unknown) => (pool as Tinypool).cancelPendingTasks()],
] as const)(
  "what waits to be let in is refused as by a pool with no more workers: %s",
  async (_, make, end) => {
    const pool = make(2);
    watchPool(pool);
    expect(await endBusy(pool, end)).toEqual(await endBusy(make(1), end));
  },
);
