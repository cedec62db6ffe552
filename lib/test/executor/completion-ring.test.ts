import { expect, test } from "vitest";
import { type Completion, CompletionRing, outcome } from "../../src/executor/completion-ring.ts";
import { allocateRunQueue, type CompletionMemory } from "../../src/executor/run-queue-memory.ts";

function ring(): CompletionRing {
  return new CompletionRing(allocateRunQueue(4, 1).completions[0] as CompletionMemory);
}

const blank = (): Completion => ({ task: -1, poll: 0, outcome: -1, enqueuedNs: 0, startedNs: 0, endedNs: 0 });

test("hands rows over once, whole and in order, over many laps", () => {
  const completions = ring();
  const row = blank();
  for (let lap = 0; lap < 100; lap++) {
    const first = {
      task: lap,
      poll: 1,
      outcome: outcome.last,
      enqueuedNs: lap + 0.25,
      startedNs: lap + 0.5,
      endedNs: lap + 0.75,
    };
    completions.put(first);
    completions.put({ ...first, outcome: outcome.more });
    expect(completions.take(row)).toBe(true);
    expect(row).toEqual(first);
    expect(completions.take(row)).toBe(true);
    expect(row.outcome).toBe(outcome.more);
    expect(completions.take(row)).toBe(false);
  }
});

test("keeps the first error's text", () => {
  const completions = ring();
  completions.keepError(new Error("disk — gone"));
  completions.keepError(new Error("a consequence"));
  expect(completions.errorText()).toBe("disk — gone");
});
