import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { TraceWriter } from "../../src/trace/trace-writer.ts";

let folder: string;
let ended: number;
beforeAll(() => {
  ended = spawnSync(process.execPath, ["-e", "0"]).pid;
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ended-test-"));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const hour = 3_600_000;

/** Makes what a process left that began on that day of January and touched it so long ago (ms). */
function left(pid: number, day: number, kibibytes: number, agoMs = hour): string {
  const name = `${pid}-2026-01-0${day}T000000000Z`;
  mkdirSync(join(folder, name));
  if (kibibytes > 0) writeFileSync(join(folder, name, "polls-000001.arrow"), Buffer.alloc(kibibytes * 1024));
  const touched = (Date.now() - agoMs) / 1000;
  utimesSync(join(folder, name), touched, touched);
  return name;
}

function open(keepsEnded = false): TraceWriter {
  const options = { mebibytes: 1, keepsEnded, command: "app.js", originNs: 0, say: () => {} };
  const writer = TraceWriter.open(folder, options);
  if (writer === null) throw new Error("no trace");
  return writer;
}

/** Writes so many tasks down. */
function write(writer: TraceWriter, tasks: number): void {
  const times = { pool: 0, task: 0, thread: 1, submittedNs: 0, startedNs: 1, endedNs: 2, settledNs: 3 };
  for (let task = 0; task < tasks; task++) writer.add("p", "a", 0, times);
  expect(writer.flush([], [], null)).toBeNull();
}

/** Those that were left and are still there. */
const there = (...names: readonly string[]) => names.filter((name) => existsSync(join(folder, name)));

test("the oldest traces of ended processes go when a trace begins, as far as they take too much", () => {
  const [first, second, third] = [left(ended, 1, 400), left(ended, 2, 400), left(process.pid, 3, 400)];
  const empty = left(ended, 4, 0);
  write(open(), 1);
  expect(there(first, second, third, empty)).toEqual([second, third]);
});

test("they make room for the trace that grows, so that the folder stays within its bound", () => {
  const last = left(ended, 1, 700);
  const writer = open();
  write(writer, 1);
  expect(there(last)).toEqual([last]);
  for (let round = 0; round < 3; round++) {
    write(writer, 8192);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) =>
      statSync(join(folder, name)),
    );
    expect(files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0)).toBeLessThanOrEqual(
      2 ** 20,
    );
  }
  expect(there(last)).toEqual([]);
});

test("a trace stays whose process may live, here or in another container, and what is no trace", () => {
  const here = left(process.ppid, 1, 2000);
  const elsewhere = left(ended, 2, 2000, 0);
  const known = left(ended, 3, 2000);
  const notes = join(known, "notes.md");
  writeFileSync(join(folder, notes), "of a person");
  utimesSync(join(folder, known), 0, 0);
  const none = "1-notes";
  mkdirSync(join(folder, none));
  utimesSync(join(folder, none), 0, 0);
  write(open(), 1);
  expect(there(here, elsewhere, notes, none)).toEqual([here, elsewhere, notes, none]);
});

test("all stay where somebody will read them", () => {
  const names = [left(ended, 1, 2000), left(ended, 2, 2000)];
  write(open(true), 1);
  expect(there(...names)).toEqual(names);
});

test("a process that has nothing to write shows once a minute that it lives", () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const writer = open();
  const own = join(folder, readdirSync(folder)[0] as string);
  const began = statSync(own).mtimeMs;
  writer.flush([], [], null);
  expect(statSync(own).mtimeMs).toBe(began);
  vi.setSystemTime(Date.now() + 61_000);
  writer.flush([], [], null);
  expect(statSync(own).mtimeMs).toBeCloseTo(Date.now(), -1);
});
