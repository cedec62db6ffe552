import { Watch } from "scheduling-safety-watch";
import { expect, onTestFinished, test } from "vitest";
import { StallMaker } from "../../../src/studies/watch/make-stall.ts";
import { startPool } from "../../../src/studies/watch/watched-pools.ts";
import { loadForeignSleep } from "../../../src/workload/foreign-sleep.ts";

test("Node's histogram of loop delays shows the main thread's stall", async () => {
  const watch = Watch.start({ lines: "off", stacks: false });
  onTestFinished(() => watch.stop());
  const pool = await startPool("piscina", 2);
  onTestFinished(() => pool.close());
  pool.watch();
  const maker = new StallMaker(watch, pool, 2, await loadForeignSleep());
  const blocked = await maker.make("main-thread", 100, null);
  expect(blocked.loopDelayNs).toBeGreaterThanOrEqual(blocked.heldNs);
});
