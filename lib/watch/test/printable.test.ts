import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { jsonText, reportText } from "../src/cli/report.ts";
import { screen } from "../src/cli/top.ts";
import type { Incident } from "../src/incident/incident.ts";
import { incidentLine } from "../src/incident/incident-line.ts";
import { prometheusText } from "../src/metrics/prometheus-text.ts";
import { printable } from "../src/printable.ts";
import type { Trace } from "../src/trace/read-trace.ts";
import { timelinePage } from "../src/trace/timeline-page.ts";
import { summarise } from "../src/trace/trace-summary.ts";
import { Lines } from "../src/watchdog/lines.ts";
import { WatchedPool } from "../src/watchdog/watched-pool.ts";
import { runCommand } from "./run-node.ts";

/** Clears the screen, says a line of its own, turns the rest round. */
const hostile = "\u001b[2J\r\n[watch] all is well\u2028\u202e";
const spelt = "\\u001b[2J\\u000d\\u000a[watch] all is well\\u2028\\u202e";
/** What a terminal would obey; the ends of our own lines are none of it. */
const obeyed = /[^\P{Cc}\n]|[\u2028-\u202e]/u;

const incident: Incident = {
  kind: "pool",
  pool: hostile,
  workers: 1,
  beganNs: 0,
  endedNs: 5e8,
  toldNs: 0,
  starvedNs: 5e8,
  culprits: [{ task: hostile, share: 1, workers: 1, longestHoldNs: 5e8 }],
  victims: [{ task: hostile, count: 1, waitedNs: 5e8, longestWaitNs: 5e8 }],
  notAttributable: 0,
  behindMainThread: 0,
  threads: null,
  stack: `${hostile.replace("\n", "")} (a.js:1)\nresize (a.js:2)`,
  noStack: null,
};

const row = { pool: hostile, task: hostile, tag: 0, worker: 0, dueNs: 0, enqueuedNs: 0, settledNs: 6e8 };
const trace: Trace = {
  facts: {
    format: "scheduling-safety-watch",
    pid: 1,
    command: hostile,
    node: hostile,
    began: hostile,
    writtenNs: 6e8,
    libuvWaitNs: null,
    pools: [{ pool: hostile, workers: 1, tasks: 2, unseen: 0, loads: 3 }],
  },
  rows: [
    { ...row, startedNs: 0, endedNs: 5e8 },
    { ...row, startedNs: 5e8, endedNs: 6e8 },
  ],
  incidents: [incident],
  gaps: [hostile],
  unjudged: [],
};

test("what a terminal would obey is spelt, and a line stays one", () => {
  expect(printable(hostile)).toBe(spelt);
  expect(printable("a\tb\u0007\u009b\u007f")).toBe("a\\u0009b\\u0007\\u009b\\u007f");
  expect(printable("10 µs – ✓ 統 \\")).toBe("10 µs – ✓ 統 \\");
});

test("an incident names tasks, pools and frames so that no terminal obeys them", () => {
  expect(incidentLine(incident)).toMatch(/^[^\n]+ < resize \(a\.js:2\)$/);
  expect(incidentLine(incident)).toContain(`task \`${spelt}\` held 1 of 1 workers of pool \`${spelt}\``);
  expect(incidentLine(incident)).not.toMatch(obeyed);
});

test("a line of the watch cannot pass for another", () => {
  const said: string[] = [];
  const lines = new Lines((text) => said.push(text));
  for (let line = 0; line < 21; line++) lines.say(hostile, hostile, 0);
  lines.say("later", hostile, 60e9);
  expect(said[0]).toBe(`[watch] ${spelt}\n`);
  expect(said.slice(-2)).toEqual([
    `[watch] 1 more lines on \`${spelt}\` in the minute before\n`,
    "[watch] later\n",
  ]);
});

test.each([
  ["report", reportText(summarise(trace), 100)],
  ["top", screen(summarise(trace), "w", 100, 100)],
  ["the page", timelinePage(trace, summarise(trace))],
])("a trace of others is shown by %s so that no terminal obeys it", (_, text) => {
  expect(text).toContain("\\u001b[2J");
  expect(text).not.toMatch(/^\[watch\]/m);
  expect(text).not.toMatch(obeyed);
});

test("so are the names in a sentence of the command line", async () => {
  const ran = await runCommand(["report", "/nowhere\u001b[2J\nforged"]);
  expect(ran).toMatchObject({ code: 1, out: "" });
  expect(ran.err).toMatch(
    /^scheduling-safety-watch: trace is not there: \/nowhere\\u001b\[2J\\u000aforged;[^\n]+\n$/,
  );
});

test("so are those in what a check says", async () => {
  const folder = mkdtempSync(join(tmpdir(), "printable-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const ran = await runCommand(["check", "--", join(folder, "none\nforged\u001b[2J")]);
  expect(ran.code).toBe(2);
  expect(ran.err).toMatch(/^check: program failed: spawn [^\n]+none\\u000aforged\\u001b\[2J ENOENT\n$/);
});

test("Prometheus reads a pool's name as it is, on one line", () => {
  const text = prometheusText([new WatchedPool('a"b\\c\nd', 1, 20, 10).metrics(0)]);
  expect(text).toContain('nodejs_worker_pool_workers{pool="a\\"b\\\\c\\nd"} 1\n');
});

test("a report for programs stays the JSON that it was", () => {
  const summary = summarise({ ...trace, gaps: ["\u009b2J", ...trace.gaps] });
  expect(JSON.parse(jsonText(summary))).toEqual(JSON.parse(JSON.stringify(summary)));
  expect(jsonText(summary)).not.toMatch(obeyed);
});
