import type { Trace } from "scheduling-safety-watch/trace";
import { expect, test } from "vitest";
import {
  longestIncident,
  openTrace,
  traceBlame,
  tracedPolls,
} from "../../../src/studies/watch/analysis/foreign-trace.ts";

/** One worker; `report` holds it from 0 to 100 ms, `thumbnail` waits from 20 to 110 ms, the last 10 of them for nobody. */
const row = { pool: "p", tag: 0, worker: 0, enqueuedNs: null, settledNs: null };
const trace = {
  facts: { pools: [{ pool: "p", workers: 1 }], writtenNs: 1e9 },
  rows: [
    { ...row, task: "report", dueNs: 0, startedNs: 0, endedNs: 100e6 },
    { ...row, task: "thumbnail", dueNs: 20e6, startedNs: 110e6, endedNs: 111e6 },
    { ...row, task: "thumbnail", tag: 2, dueNs: 900e6, startedNs: null, endedNs: null },
  ],
  incidents: [],
  gaps: [],
} as unknown as Trace;

test("lays the waits of a foreign trace on whoever held every worker meanwhile", () => {
  const [report, thumbnail] = traceBlame(trace, "p");
  expect(report).toMatchObject({
    task: "report",
    polls: 1,
    longestHoldMs: 100,
    starvedShare: null,
    culprit: null,
  });
  expect(thumbnail).toMatchObject({ polls: 1, longestWaitMs: 90, culprit: "report", culpritShare: 1 });
  expect(thumbnail?.starvedShare).toBeCloseTo(80 / 90);
  expect(tracedPolls(trace, "p")[1]).toEqual({
    task: "thumbnail",
    worker: 0,
    dueS: 0.02,
    startedS: 0.11,
    endedS: 0.111,
  });
});

test("says which pools a trace has when asked for another", () => {
  expect(() => traceBlame(trace, "q")).toThrow("pool must be one of the trace's: p; got q");
});

test("shows all of a trace without an incident, else the longest one", () => {
  expect(longestIncident(trace, 0.5)).toEqual([0, 1]);
  const incidents = [
    { kind: "main", beganNs: 0, endedNs: 9e9, starvedNs: 9e9 },
    { kind: "pool", beganNs: 3e9, endedNs: 4e9, starvedNs: 1e9 },
    { kind: "pool", beganNs: 5e9, endedNs: 7e9, starvedNs: 2e9 },
  ];
  expect(longestIncident({ ...trace, incidents } as unknown as Trace, 0.5)).toEqual([4.5, 7.5]);
});

test("the committed trace blames the reports for the thumbnails' waits", () => {
  const blame = traceBlame(openTrace("data/traces/watched-service"), "tasks");
  expect(blame.find(({ task }) => task === "thumbnail")).toMatchObject({ polls: 200, culprit: "report" });
});
