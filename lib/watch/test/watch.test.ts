import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Piscina } from "piscina";
import { expect, onTestFinished, test } from "vitest";
import { expectNoStarvation } from "../src/testing/expect-no-starvation.ts";
import { Watch } from "../src/watch.ts";

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
