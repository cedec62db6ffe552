import { Piscina } from "piscina";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { expectNoStarvation } from "../../src/testing/expect-no-starvation.ts";
import { Watch } from "../../src/watch.ts";
import { gateUntilTold } from "../fixtures/gate.ts";

const filename = new URL("../fixtures/app-tasks.mjs", import.meta.url).href;
const watch = Watch.start({ lines: "off", mainMs: 60_000, libuvMs: 60_000 });
let pool: Piscina;
beforeEach(async () => {
  pool = new Piscina({ filename, minThreads: 1, maxThreads: 1 });
  await pool.run(0, { name: "quick" });
});
afterEach(() => pool.destroy());
afterAll(() => watch.stop());

/** Holds the one worker while another task waits: until the watch has told of it, or for so long (ms). */
async function starve(until: Int32Array | number = gateUntilTold()): Promise<void> {
  await Promise.all([pool.run(until, { name: "park" }), pool.run(1, { name: "quick" })]);
}

test("fails with the incident when a task starves others", async () => {
  const guard = expectNoStarvation(pool);
  await starve();
  await expect(guard.done()).rejects.toThrow(
    /^Piscina pool `app-tasks` was starved: task `park` held 1 of 1 workers of pool `app-tasks` for \d+ ms;/,
  );
});

test("passes when nobody was starved for longer than allowed", async () => {
  const guard = expectNoStarvation(pool, { within: 30_000 });
  await starve(60);
  await expect(guard.done()).resolves.toBeUndefined();
});

test("lets a task hold workers that is allowed to", async () => {
  const guard = expectNoStarvation(pool, { allow: ["park"] });
  await starve();
  await expect(guard.done()).resolves.toBeUndefined();
});

test("fails for an allowed task that starved nobody", async () => {
  const guard = expectNoStarvation(pool, { allow: ["park"] });
  await pool.run(1, { name: "quick" });
  await expect(guard.done()).rejects.toThrow("allowed tasks starved nobody: park; remove them from the list");
});
