import { expect, test } from "vitest";
import { attributeWait } from "../../src/attribution/attribute-wait.ts";

const names = ["report", "audit"];

/** Rows of [task, from, to] as a pool's records. */
function records(...holds: (readonly [task: string, fromNs: number, toNs: number])[]) {
  return {
    names,
    polls: {
      task: holds.map(([task]) => names.indexOf(task)),
      startedNs: holds.map(([, fromNs]) => fromNs),
      endedNs: holds.map(([, , toNs]) => toNs),
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
});
