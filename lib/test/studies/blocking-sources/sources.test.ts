import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { startSlowEnd } from "../../../src/studies/blocking-sources/sources/slow-end.ts";
import { blockingSource, blockingSources } from "../../../src/studies/blocking-sources/sources.ts";

describe("the sources of blocking", () => {
  it("have names of their own", () => {
    const names = blockingSources.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it("are found by name, and a name nobody has is refused with those that exist", () => {
    expect(blockingSource("scrypt-sync").family).toBe("cpu");
    expect(() => blockingSource("spin")).toThrow(/must be one of atomics-wait, .*; got spin$/);
  });

  it.each(["exec-sync", "read-slow-pipe", "pg-certificate", "console-slow-pipe", "ffi-usleep", "ffi-qsort"])(
    "%s can be called again and again, and cleans up",
    async (name) => {
      const { call, cleanUp } = await blockingSource(name).prepare();
      expect([call(), call(), call()]).toEqual([undefined, undefined, undefined]);
      await cleanUp();
    },
  );
});

describe("the slow end of pipes", () => {
  it.each(["feeds", "drains"] as const)("removes its pipes when it is closed (%s)", async (role) => {
    const { pipes, close } = await startSlowEnd(role);
    expect(pipes.every((pipe) => existsSync(pipe))).toBe(true);
    await close();
    expect(pipes.some((pipe) => existsSync(pipe))).toBe(false);
  });

  it("makes no file where a pipe is being removed, and ends with its folder", async () => {
    const { pipes, close } = await startSlowEnd("feeds");
    const [even = "", odd = ""] = pipes;
    rmSync(odd);
    expect(readFileSync(even)).toHaveLength(65_536);
    while (existsSync(dirname(odd)) && !existsSync(odd)) await delay(5);
    expect(existsSync(odd)).toBe(false);
    await close();
  });

  it("removes its pipes when its parent is killed", async () => {
    const owner = fork(join(import.meta.dirname, "fixtures", "pipe-owner.ts"));
    const [folder] = (await once(owner, "message")) as [string];
    expect(existsSync(folder)).toBe(true);
    owner.kill("SIGKILL");
    while (existsSync(folder)) await delay(20);
    expect(existsSync(folder)).toBe(false);
  });
});
