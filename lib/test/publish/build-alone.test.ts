import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { buildAlone } from "../../src/publish/build-alone.ts";

let root = "";
let folder = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "build-"));
  folder = join(root, ".cache");
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true });
});

/** What is told of a wait; it resolves with the first word of one. */
function listen(): Promise<string> {
  return new Promise((resolve) => {
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      resolve(String(text));
      return true;
    });
  });
}

test("two builds in a folder go one after the other, and the second is told of the first", async () => {
  const told = listen();
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const order: string[] = [];
  const first = buildAlone(folder, async () => {
    order.push("first begins");
    begun.resolve();
    await gate.promise;
    order.push("first ends");
    return 1;
  });
  await begun.promise;
  const second = buildAlone(folder, async () => order.push("second"));
  expect(await told).toContain(`waiting for another build to end: process ${process.pid} (`);
  gate.resolve();
  expect(await first).toBe(1);
  await second;
  expect(order).toEqual(["first begins", "first ends", "second"]);
});

test("builds in two folders do not wait for one another", async () => {
  const nested = await buildAlone(folder, () => buildAlone(join(folder, "other"), async () => "built"));
  expect(nested).toBe("built");
});

test("a build that fails makes room for the next, and leaves the bare lock", async () => {
  await expect(buildAlone(folder, () => Promise.reject(new Error("it failed")))).rejects.toThrow("it failed");
  expect(await buildAlone(folder, async () => "built")).toBe("built");
  expect(readdirSync(folder)).toEqual(["build.lock"]);
});

test("a build waits for that of another process, and goes on when that is killed", async () => {
  const holder = spawn(process.execPath, [join(import.meta.dirname, "fixtures", "hold-build.ts"), folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  const told = listen();
  const events: string[] = [];
  const build = buildAlone(folder, async () => events.push("built"));
  expect(await told).toBe(`waiting for another build to end: process ${holder.pid} (${folder})\n`);
  events.push("killed");
  holder.kill("SIGKILL");
  await build;
  expect(events).toEqual(["killed", "built"]);
});

test("what is no lock is told in a sentence", async () => {
  await buildAlone(folder, async () => {});
  writeFileSync(
    join(folder, "build.lock"),
    "what somebody wrote there instead, longer than a header of SQLite's ".repeat(9),
  );
  await expect(buildAlone(folder, async () => {})).rejects.toThrow(
    `lock of the build cannot be taken (file is not a database): ${join(folder, "build.lock")}; delete it`,
  );
});
