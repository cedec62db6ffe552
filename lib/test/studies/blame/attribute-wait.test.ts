import { attributeWait } from "scheduling-safety-watch/attribution";
import { expect, test } from "vitest";
import { operationWaits } from "../../../src/studies/blame/operation-waits.ts";
import type { NamedPolls, Operation } from "../../../src/studies/failure-mechanisms/experiment.ts";

const names = ["report", "operation", "audit"];

/** Rows of [task, from, to] as a pool's records. */
function records(...holds: (readonly [task: string, fromNs: number, toNs: number])[]): NamedPolls {
  const times = (value: (hold: (typeof holds)[number]) => number) => Float64Array.from(holds, value);
  return {
    names,
    polls: {
      task: Int32Array.from(holds, ([task]) => names.indexOf(task)),
      tag: new Int32Array(holds.length),
      worker: new Int32Array(holds.length),
      dueNs: times(([, fromNs]) => fromNs),
      enqueuedNs: times(([, fromNs]) => fromNs),
      startedNs: times(([, fromNs]) => fromNs),
      endedNs: times(([, , toNs]) => toNs),
    },
  };
}

//     worker 0   report 0──────────50
//     worker 1        audit 10──20  report 25────────60
//     all held             10──20          25───50
const twoWorkers = records(["report", 0, 50], ["audit", 10, 20], ["report", 25, 60]);

test("counts the part of a wait in which every worker was held, and names who held them longest", () => {
  const { culpritShare, ...found } = attributeWait([{ fromNs: 15, toNs: 40 }], twoWorkers, 2);
  expect(found).toEqual({ waitedNs: 25, starvedNs: 20, culprit: "report" });
  expect(culpritShare).toBeCloseTo(35 / 40);
});

test("accuses nobody while a worker was free, whoever held the others", () => {
  const nobody = { starvedNs: 0, culprit: null, culpritShare: null };
  expect(attributeWait([{ fromNs: 50, toNs: 70 }], twoWorkers, 2)).toEqual({ waitedNs: 20, ...nobody });
  expect(attributeWait([{ fromNs: 0, toNs: 60 }], twoWorkers, 3)).toEqual({ waitedNs: 60, ...nobody });
  expect(attributeWait([], twoWorkers, 2)).toEqual({ waitedNs: 0, ...nobody });
});

test("accuses the task that starved the wait, not the one that is busiest over all", () => {
  const busy = records(
    ["report", 0, 1000],
    ["audit", 100, 140],
    ["audit", 100, 140],
    ["operation", 300, 301],
  );
  const found = attributeWait([{ fromNs: 90, toNs: 150 }], busy, 3);
  expect(found).toEqual({ waitedNs: 60, starvedNs: 40, culprit: "audit", culpritShare: 80 / 120 });
});

test("takes the waits of an operation up to its error, and its wait for a resource first", () => {
  const step = (dueNs: number, startedNs: number) => ({
    dueNs,
    enqueuedNs: dueNs,
    startedNs,
    endedNs: startedNs,
    worker: 0,
  });
  const operation: Operation = {
    intendedNs: 5,
    beganNs: 10,
    waitNs: 20,
    heldNs: 70,
    endedNs: 100,
    outcome: "timed-out",
    falseTimeout: false,
    depth: null,
    error: null,
    steps: [step(30, 45), step(45, 45), step(60, 130), step(140, 150)],
  };
  expect(operationWaits(operation)).toEqual([
    { fromNs: 10, toNs: 30 },
    { fromNs: 30, toNs: 45 },
    { fromNs: 60, toNs: 100 },
  ]);
});
