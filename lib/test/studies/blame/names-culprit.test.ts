import { expect, test } from "vitest";
import { namesCulprit } from "../../../src/studies/blame/samples.ts";

test.each([
  ["TimeoutError: report took too long", ""],
  ["Error: failed", "park (lib/src/workload/park.ts)"],
  ["Error: failed", "run (lib/src/workload/work.ts)"],
])("finds the culprit in %s %s", (message, stack) => {
  expect(namesCulprit({ message, stack })).toBe(true);
});

test("does not take the way of a victim for the culprit's", () => {
  const stack =
    "operate (lib/src/experiments/failure-mechanisms/mutex.ts)\nrunPoll (lib/src/executor/piscina-worker.ts)";
  expect(namesCulprit({ message: "TimeoutError: reported late, parked", stack })).toBe(false);
});
