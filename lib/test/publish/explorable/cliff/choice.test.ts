import fc from "fast-check";
import { expect, test } from "vitest";
import { addressOf, choiceIn, mostBlockers } from "../../../../src/publish/explorable/cliff/choice.ts";

test("a choice survives its address", () => {
  const choices = fc.record({
    blockers: fc.integer({ min: 0, max: mostBlockers }),
    executor: fc.constantFrom("run-queue" as const, "pinned" as const),
    seed: fc.integer({ min: 0, max: 999_999 }),
  });
  fc.assert(
    fc.property(choices, (choice) => {
      expect(choiceIn(addressOf(choice))).toEqual(choice);
    }),
  );
});

test.each([
  "",
  "#sec-delay",
  "#pool",
  "#pool:blockers=7,executor=run-queue,seed=1",
  "#pool:blockers=-1,executor=run-queue,seed=1",
  "#pool:blockers=1e0,executor=run-queue,seed=1",
  "#pool:blockers=4,executor=constructor,seed=1",
  "#pool:blockers=4,executor=pinned",
  "#pool:blockers=4,executor=pinned,seed=12345678",
])("the address %j holds no choice", (hash) => {
  expect(choiceIn(hash)).toBeNull();
});
