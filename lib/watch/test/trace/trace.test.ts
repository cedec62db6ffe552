import type { ChildProcess } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findTrace } from "../../src/trace/find-trace.ts";
import { readTrace, tracePolls } from "../../src/trace/read-trace.ts";
import { summarise } from "../../src/trace/trace-summary.ts";
import { TraceWriter } from "../../src/trace/trace-writer.ts";
import { runWatched } from "../run-node.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trace-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pools = [
  {
    pool: "p",
    workers: 2,
    held: 0,
    waiting: 0,
    tasks: 3,
    unseen: 0,
    incidents: 0,
    loads: 0,
    starvedSeconds: 0,
    wait: { counts: [], sum: 0 },
    hold: { counts: [], sum: 0 },
  },
];

function open(mebibytes = 1): TraceWriter {
  const writer = TraceWriter.open(folder, {
    mebibytes,
    keepsEnded: false,
    command: "app.js",
    originNs: 1000,
    say: () => {},
  });
  if (writer === null) throw new Error("no trace");
  return writer;
}

/** A task of a worker's thread, in ns since the origin. */
function times(submittedNs: number, startedNs: number | null, endedNs: number | null) {
  const at = (ns: number | null) => (ns === null ? null : ns + 1000);
  return {
    pool: 0,
    task: 0,
    thread: 1,
    submittedNs: submittedNs + 1000,
    startedNs: at(startedNs),
    endedNs: at(endedNs),
    settledNs: null,
  };
}

test("gives back the polls that were written, in the columns of the study's records", () => {
  const writer = open();
  writer.add("p", "b", 1, times(5, 20, 30));
  writer.add("p", "a", 0, times(0, 10, 40));
  const goesOn = { pool: "p", task: "c", worker: 1, times: times(7, null, null) };
  expect(writer.flush([goesOn], pools, null)).toBeNull();
  const trace = readTrace(folder);
  expect(trace.facts).toMatchObject({
    format: "scheduling-safety-watch",
    command: "app.js",
    libuvWaitNs: null,
  });
  expect(trace.rows.map(({ task, tag, startedNs }) => [task, tag, startedNs])).toEqual([
    ["a", 0, 10],
    ["b", 0, 20],
    ["c", 2, null],
  ]);
  const { polls, names } = tracePolls(trace, "p");
  expect(names).toEqual(["a", "b"]);
  expect(polls).toEqual({
    task: Int32Array.of(0, 1),
    tag: Int32Array.of(0, 0),
    worker: Int32Array.of(0, 1),
    dueNs: Float64Array.of(0, 5),
    enqueuedNs: Float64Array.of(0, 5),
    startedNs: Float64Array.of(10, 20),
    endedNs: Float64Array.of(40, 30),
  });
});

test("a table that cannot be written ends the trace with one sentence and leaves no half of it", () => {
  const writer = open();
  const inside = join(folder, readdirSync(folder)[0] as string);
  mkdirSync(join(inside, "polls-000001.arrow", "taken"), { recursive: true });
  writer.add("p", "a", 0, times(0, 10, 40));
  expect(writer.flush([], pools, null)).toMatch(/^trace in .+ ends here: .+; the watch goes on without it$/);
  expect(readdirSync(inside)).toEqual(["polls-000001.arrow"]);
  expect(writer.flush([], pools, null)).toBeNull();
});

test("stays within its bound and says that the beginning is gone", () => {
  const writer = open(1);
  for (let round = 0; round < 12; round++) {
    for (let row = 0; row < 8192; row++) writer.add("p", "a", 0, times(round * 8192 + row, row, row + 1));
    writer.flush([], pools, null);
  }
  const own = findTrace(folder).folder;
  const bytes = readdirSync(own).reduce((sum, name) => sum + statSync(join(own, name)).size, 0);
  expect(bytes).toBeLessThanOrEqual(2 ** 20);
  expect(readTrace(folder).gaps).toContain("the beginning is no longer there: the ring was full");
});

test("reads the tables that are whole when another is cut, and says which is not", () => {
  const writer = open(16);
  for (let row = 0; row < 8192; row++) writer.add("p", "a", 0, times(row, row, row + 1));
  writer.add("p", "last", 0, times(9e6, 9e6, 9e6 + 1));
  writer.flush([], pools, null);
  const { folder: own, tables } = findTrace(folder);
  expect(tables).toHaveLength(2);
  truncateSync(join(own, tables[0] as string), 5000);
  writeFileSync(join(own, "incidents.ndjson"), '{"kind":"pool"}\n{"kind":"pool","cut');
  const trace = readTrace(folder);
  expect(trace.rows.map(({ task }) => task)).toEqual(["last"]);
  expect(trace.incidents).toEqual([]);
  expect(trace.gaps).toEqual([
    expect.stringMatching(/^table cannot be read: .*polls-000001\.arrow: it is cut or is no Arrow file$/),
    "a line of incidents.ndjson is no incident",
    "a line of incidents.ndjson is cut",
  ]);
});

test("passes over what lies beside the traces in their folder", () => {
  const writer = open();
  writer.add("p", "a", 0, times(0, 10, 40));
  writer.flush([], pools, null);
  writeFileSync(join(folder, "2026-notes.txt"), "");
  expect(readTrace(folder).rows).toHaveLength(1);
});

test("sorts workers by the names of their pools, whatever language the host speaks", () => {
  const writer = open();
  for (const [pool, worker] of [
    ["a", 1],
    ["ä", 0],
    ["a", 0],
    ["Z", 0],
    ["z", 0],
  ] as const) {
    writer.add(pool, "a", worker, times(0, 10, 40));
  }
  writer.flush([], pools, null);
  const { workers } = summarise(readTrace(folder));
  expect(workers.map(({ pool, worker }) => `${pool} ${worker}`)).toEqual(["Z 0", "a 0", "a 1", "z 0", "ä 0"]);
});

test("refuses what is no trace, in one sentence", () => {
  expect(() => readTrace(folder)).toThrow(/^folder holds no trace: /);
  expect(() => readTrace(join(folder, "none"))).toThrow(/^trace is not there: /);
  expect(() => readTrace("999999999")).toThrow(
    "process writes no trace: 999999999; start it with SCHEDULING_SAFETY_WATCH=trace=FOLDER",
  );
  const file = join(folder, "polls-000001.arrow");
  writeFileSync(file, "garbage");
  expect(() => readTrace(file)).toThrow(/it is cut or is no Arrow file$/);
  writeFileSync(file, readFileSync(new URL("../fixtures/foreign.arrow", import.meta.url)));
  expect(() => readTrace(file)).toThrow(/it is no trace of scheduling-safety-watch$/);
});

test("says when the disk refuses, once, and goes on without", () => {
  const writer = open();
  rmSync(folder, { recursive: true });
  writer.add("p", "a", 0, times(0, 1, 2));
  expect(writer.flush([], pools, null)).toMatch(
    /^trace in .* ends here: ENOENT.*; the watch goes on without it$/,
  );
  writer.add("p", "a", 0, times(0, 1, 2));
  expect(writer.flush([], pools, null)).toBeNull();
});

test("is readable after kill -9, with the tasks that were under way", async () => {
  const meanwhile = async (app: ChildProcess) => {
    while (waiting("park") !== 0 || waiting("quick") !== 2) await sleep(20);
    app.kill("SIGKILL");
  };
  const { signal } = await runWatched("starved-app.mjs", `trace=${folder},lines=off`, ["ever"], {
    meanwhile,
  });
  expect(signal).toBe("SIGKILL");
  const { tasks, workers } = summarise(readTrace(folder));
  expect(tasks.find(({ task }) => task === "quick")).toMatchObject({ polls: 2, waiting: 2 });
  expect(workers.map(({ heldBy }) => heldBy)).toEqual(["park", "park"]);
});

/** How many tasks of that name wait for a worker, by the trace as it is written; null where there is none yet. */
function waiting(name: string): number | null {
  try {
    return summarise(readTrace(folder)).tasks.find(({ task }) => task === name)?.waiting ?? null;
  } catch {
    return null;
  }
}
