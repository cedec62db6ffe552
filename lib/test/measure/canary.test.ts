import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { leastStallMs, summariseWakes, type Wake } from "../../src/measure/canary.ts";

const onTime: Wake = { lateMs: 0.1, ownCpuMs: 0 };
const stalls = (wakes: readonly Wake[], childrenCpuMs = 0) => {
  const { stallLongestMs, stalledMs } = summariseWakes(wakes, 2, childrenCpuMs);
  return [stallLongestMs, stalledMs];
};

describe("a lateness is a stall", () => {
  test("where the process computed nothing", () => {
    expect(stalls([onTime, { lateMs: 40, ownCpuMs: 0 }, { lateMs: 30, ownCpuMs: 0 }])).toEqual([40, 70]);
  });

  test("less what the process's threads computed, shared out to the cores", () => {
    expect(stalls([{ lateMs: 40, ownCpuMs: 20 }])).toEqual([30, 30]);
  });

  test("less what the run's other processes computed, wherever they did", () => {
    expect(
      stalls(
        [
          { lateMs: 40, ownCpuMs: 0 },
          { lateMs: 20, ownCpuMs: 0 },
        ],
        30,
      ),
    ).toEqual([25, 45]);
  });

  test("from what one tick of the kernel may hide", () => {
    expect(stalls([{ lateMs: leastStallMs, ownCpuMs: 0 }])).toEqual([leastStallMs, leastStallMs]);
    expect(stalls([{ lateMs: leastStallMs - 0.01, ownCpuMs: 0 }])).toEqual([0, 0]);
  });
});

describe("a lateness is no stall", () => {
  test("where the process's threads kept every core busy for as long", () => {
    expect(
      stalls([
        { lateMs: 50, ownCpuMs: 100 },
        { lateMs: 55, ownCpuMs: 130 },
      ]),
    ).toEqual([0, 0]);
  });

  test("where the run's other processes may have", () => {
    expect(stalls([{ lateMs: 50, ownCpuMs: 0 }], 200)).toEqual([0, 0]);
  });
});

test("what the canary saw is told by nearest rank, and unknown where it never woke", () => {
  const wakes = Array.from({ length: 150 }, (_, i): Wake => ({ lateMs: 150 - i, ownCpuMs: 1000 }));
  expect(summariseWakes(wakes, 2)).toMatchObject({ lateP99Ms: 149, lateMaxMs: 150 });
  expect(summariseWakes([], 2)).toMatchObject({ lateP99Ms: null, lateMaxMs: null, stalledMs: 0 });
});

test("a canary sees that its process was stopped, whatever else the host does", async () => {
  const stopped = fileURLToPath(new URL("fixtures/stopped-process.ts", import.meta.url));
  const child = spawn(process.execPath, [stopped], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = child.stdout.setEncoding("utf8")[Symbol.asyncIterator]();
  await lines.next();
  // A stop may fall between two sleeps, where the canary does not look; three do not.
  for (let stops = 0; stops < 3; stops++) {
    child.kill("SIGSTOP");
    await sleep(700);
    child.kill("SIGCONT");
    await sleep(50);
  }
  child.stdin.end("stop");
  const told = JSON.parse(String((await lines.next()).value)) as {
    stallLongestNs: number;
    stallShare: number;
  };
  await once(child, "close");
  expect(told.stallLongestNs).toBeGreaterThan(500e6);
  expect(told.stallShare).toBeGreaterThan(0.02);
});
