import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { textTable } from "../../src/cli/text-table.ts";
import { encodeRows } from "../../src/trace/encode-rows.ts";
import { readTrace } from "../../src/trace/read-trace.ts";
import { timelinePage } from "../../src/trace/timeline-page.ts";
import type { TraceFacts, TraceRow } from "../../src/trace/trace-schema.ts";
import { summarise } from "../../src/trace/trace-summary.ts";

/** More than a call takes arguments. */
const many = 300_000;
const rows = Array.from(
  { length: many },
  (_, at): TraceRow => ({
    pool: "p",
    task: "a",
    tag: 0,
    worker: at % 2,
    dueNs: at,
    enqueuedNs: at,
    startedNs: at,
    endedNs: at + 1,
    settledNs: null,
  }),
);
const facts: TraceFacts = {
  format: "scheduling-safety-watch",
  pid: 1,
  command: "app.js",
  node: "v26",
  began: "2026-01-01T00:00:00.000Z",
  writtenNs: many,
  libuvWaitNs: null,
  pools: [{ pool: "p", workers: 2, tasks: many, unseen: 0, loads: 0 }],
};

test("a page draws a trace of any length", () => {
  const trace = { facts, rows, incidents: [], gaps: [], unjudged: [] };
  const page = timelinePage(trace, summarise(trace));
  expect(page).toContain("Holds of 2 workers");
  expect(page).toContain(`The ${many - 4000} shortest holds and waits are not drawn.`);
});

test("a table of any length is read, and the unseen tasks of any number of pools", () => {
  const folder = mkdtempSync(join(tmpdir(), "long-trace-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const pools = Array.from({ length: many }, (_, at) => ({
    ...{ pool: `p ${at}`, workers: 1, tasks: 0, loads: 0 },
    unseen: at === 7 ? 3 : 0,
  }));
  writeFileSync(join(folder, "polls-000001.arrow"), encodeRows(rows, { ...facts, pools }));
  const trace = readTrace(folder);
  expect(trace.rows).toHaveLength(many);
  expect(trace.gaps).toEqual(["3 tasks were not seen: too many were under way at once"]);
});

test("a table for people has any number of rows", () => {
  const [head, ...lines] = textTable(["task", "polls"], Array(many).fill(["long-name", "1"]), 80);
  expect(head).toBe("task       polls");
  expect(lines).toHaveLength(many);
});
