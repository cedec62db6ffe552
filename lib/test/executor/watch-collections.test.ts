import { expect, test } from "vitest";
import { watchCollections } from "../../src/executor/watch-collections.ts";
import { startWorkerPool } from "../../src/executor/worker-pool.ts";

const sleeper = new URL("fixtures/sleeper.mjs", import.meta.url);

test("a worker that stands in for a killed one does not keep the others waiting", async () => {
  const pool = startWorkerPool(sleeper, 2);
  try {
    const tell = await watchCollections(pool, 2);
    const controller = new AbortController();
    const started = new Int32Array(new SharedArrayBuffer(4));
    const killed = pool.run(started, { signal: controller.signal });
    await Atomics.waitAsync(started, 0, 0).value;
    controller.abort();
    await expect(killed).rejects.toThrow("aborted");
    await tell();
    expect(pool.threads).toHaveLength(2);
  } finally {
    await pool.destroy();
  }
});
