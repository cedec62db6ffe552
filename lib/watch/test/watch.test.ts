import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Piscina } from "piscina";
import { expect, onTestFinished, test } from "vitest";
import { watchTasks } from "../src/attach/watch-tasks.ts";
import { expectNoStarvation } from "../src/testing/expect-no-starvation.ts";
import { Watch } from "../src/watch.ts";
import { gateUntilTold } from "./fixtures/gate.ts";

const filename = new URL("./fixtures/app-tasks.mjs", import.meta.url).href;

function start(lines = "off"): Watch {
  const watch = Watch.start({ lines, mainMs: 60_000, libuvMs: 60_000 });
  onTestFinished(() => watch.stop());
  return watch;
}

test("whoever waits for a watchdog that fails is told so, and so is who asks later", async () => {
  const watch = start();
  const pool = new Piscina({ filename, minThreads: 1, maxThreads: 1 });
  onTestFinished(() => pool.destroy());
  const guard = expectNoStarvation(pool);
  // Its arithmetic cannot mix with others, and so ends the watchdog's thread.
  watch.addPool({ name: "fatal", workers: 1, holdMs: 1n as never });
  await expect(guard.done()).rejects.toThrow("the watch ends here: Cannot mix BigInt");
  await expect(watch.heard()).rejects.toThrow("the watch ends here: Cannot mix BigInt");
});

test("names of tasks beyond a thousand count as further tasks", async () => {
  start();
  const tasks = watchTasks({ name: "many names", workers: 1 });
  for (let number = 0; number < 1500; number++) tasks.mark(`task ${number}`, null);
  const pool = new Piscina({ filename, minThreads: 1, maxThreads: 1 });
  onTestFinished(() => pool.destroy());
  const guard = expectNoStarvation(pool);
  await Promise.all([pool.run(gateUntilTold(), { name: "park" }), pool.run(1, { name: "quick" })]);
  await expect(guard.done()).rejects.toThrow(
    /: task `further tasks` held 1 of 1 workers .+, the longest \d+ ms \(`further tasks`\);/,
  );
});

test("a pool whose threads cannot be told is watched without a stack", async () => {
  const watch = start();
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const openOnceHeard = async () => {
    await watch.heard();
    Atomics.store(gate, 0, 1);
    Atomics.notify(gate, 0);
  };
  const threads = () => {
    queueMicrotask(openOnceHeard);
    throw new Error("as asked");
  };
  const tasks = watchTasks({ name: "secretive", workers: 1, threads });
  const told = new Promise((resolve) => {
    watch.incidents.listen((kind, { pool, noStack }) => {
      if (kind === "over" && pool === "secretive") resolve(noStack);
    });
  });
  const worker = new Worker(new URL("./fixtures/hand-made-worker.mjs", import.meta.url));
  onTestFinished(async () => {
    await worker.terminate();
  });
  worker.postMessage(tasks.mark("report", { gate }));
  worker.postMessage(tasks.mark("ping", {}));
  expect(await told).toBe("threads failed: as asked");
});

test("nobody waits for a watch that is stopped before it has answered", async () => {
  const folder = mkdtempSync(join(tmpdir(), "watch-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // Whoever writes into a pipe waits for its reader.
  const lines = join(folder, "lines");
  spawnSync("mkfifo", [lines]);
  const watch = start(lines);
  watch.say("that nobody reads");
  const heard = watch.heard();
  const stopped = watch.stop();
  const reader = openSync(lines, constants.O_RDONLY | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(reader));
  await stopped;
  await expect(heard).resolves.toBeUndefined();
});
