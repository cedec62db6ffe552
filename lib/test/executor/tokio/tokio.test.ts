import { createHash } from "node:crypto";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PollColumns } from "../../../src/executor/poll-log.ts";
import { runOnTokio } from "../../../src/executor/tokio/run-on-tokio.ts";
import { readTokioAnswer } from "../../../src/executor/tokio/tokio-answer.ts";
import {
  findTokioProgram,
  tokioProgramPath,
  tokioSourcesSha256,
} from "../../../src/executor/tokio/tokio-program.ts";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { NotTestableError } from "../../../src/measure/study-error.ts";
import { answersTo } from "./answers.ts";

const built = existsSync(tokioProgramPath);
const rowsOf = (polls: PollColumns, task: number) =>
  [...polls.task.keys()].filter((row) => polls.task[row] === task);

describe.each(answersTo("delay"))("Tokio, %s", (_, answer) => {
  test("records every poll of every task, in order, on a known worker", async () => {
    const { polls } = await answer();
    const tags = (task: number) => rowsOf(polls, task).map((row) => polls.tag[row]);
    expect(tags(0)).toEqual([-1, -1, 0, 1, 2]);
    expect(tags(2)).toEqual([-1, 0, 1, 2]);
    expect([tags(3), tags(4)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect([...polls.worker].every((worker) => worker === 0 || worker === 1)).toBe(true);
  });

  test("runs one poll a worker at a time, and none before its task was woken", async () => {
    const { polls } = await answer();
    for (const worker of [0, 1]) {
      const own = [...polls.task.keys()]
        .filter((row) => polls.worker[row] === worker)
        .sort((a, b) => (polls.startedNs[a] as number) - (polls.startedNs[b] as number));
      own.slice(1).forEach((row, before) => {
        expect(polls.startedNs[row]).toBeGreaterThanOrEqual(polls.endedNs[own[before] as number] as number);
      });
    }
    const woken = [...polls.task.keys()].filter((row) => !Number.isNaN(polls.enqueuedNs[row]));
    expect(woken.length).toBeGreaterThan(10);
    for (const row of woken) {
      expect(polls.startedNs[row]).toBeGreaterThanOrEqual(polls.enqueuedNs[row] as number);
    }
  });

  test("a block holds its worker; the next is due at once after a yield, later after a rest", async () => {
    const { polls } = await answer();
    const [yielding, resting] = [rowsOf(polls, 3), rowsOf(polls, 4)] as [number[], number[]];
    for (const row of [...yielding, ...resting]) {
      expect((polls.endedNs[row] as number) - (polls.startedNs[row] as number)).toBeGreaterThanOrEqual(3e6);
    }
    expect(polls.dueNs[yielding[1] as number]).toBe(polls.endedNs[yielding[0] as number]);
    const rest =
      (polls.dueNs[resting[1] as number] as number) - (polls.startedNs[resting[0] as number] as number);
    expect(rest).toBeGreaterThanOrEqual(4e6);
    expect(polls.dueNs[yielding[0] as number]).toBeGreaterThanOrEqual(2e6);
  });
});

test("an answer that is cut off is refused, wherever it ends", () => {
  const whole = readFileSync(join(import.meta.dirname, "fixtures", "delay.answer"));
  expect(readTokioAnswer(whole).polls.task.length).toBeGreaterThan(0);
  for (const length of [0, 5, 60, whole.length - 1]) {
    expect(() => readTokioAnswer(whole.subarray(0, length))).toThrow(/^answer of Tokio is (damaged|cut off)/);
  }
});

test("the code that measures names the sources of the program that lie beside it", () => {
  const folder = join(projectRoot, "lib", "tokio");
  const own = [".cargo/config.toml", "Cargo.lock", "Cargo.toml", "build.rs"];
  const modules = globSync("src/**/*.rs", { cwd: folder }).map((path) => path.replaceAll("\\", "/"));
  const byPath = (a: string, b: string) => (a.split("/").join("\0") < b.split("/").join("\0") ? -1 : 1);
  const text = [...own, ...modules]
    .sort(byPath)
    .map((path) => readFileSync(join(folder, path), "utf8").replaceAll("\r\n", "\n"))
    .join("");
  expect(createHash("sha256").update(text).digest("hex")).toBe(tokioSourcesSha256);
});

test("without the program, or with one of other sources, the remedy is named", () => {
  const folder = mkdtempSync(join(tmpdir(), "tokio-"));
  try {
    const absent = join(folder, "absent");
    expect(() => findTokioProgram(absent)).toThrow(NotTestableError);
    expect(() => findTokioProgram(absent)).toThrow("with cargo, run `make tokio`");
    const other = join(folder, "other");
    writeFileSync(other, "#!/bin/sh\necho other\n", { mode: 0o755 });
    expect(() => findTokioProgram(other)).toThrow("built from other sources; run `make tokio`");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.runIf(built)("a request that no run could do fails with what is wrong in it", async () => {
  const blocker = { program: "blocker", parameters: { blocksMs: [-1], blocks: 1, restMs: null } } as const;
  await expect(runOnTokio([blocker], { workers: 1, lifoSlot: true })).rejects.toThrow(
    "Tokio failed: a block must last 0 to 60 000 ms; got -1",
  );
});
