import fc from "fast-check";
import { expect, test } from "vitest";
import * as convoy from "../../../src/publish/explorable/convoy/choice.ts";
import * as cure from "../../../src/publish/explorable/cure/choice.ts";
import * as median from "../../../src/publish/explorable/median/choice.ts";

const seed = fc.integer({ min: 0, max: 999_999 });

test("every choice survives its address", () => {
  const convoys = fc.record({
    blockers: fc.integer({ min: 0, max: convoy.mostBlockers }),
    lock: fc.constantFrom("fair" as const, "none" as const),
    seed,
  });
  const cures = fc.record({
    remedy: fc.constantFrom(...cure.remedyLabels.map(([remedy]) => remedy)),
    callers: fc.integer({ min: 0, max: cure.mostCallers }),
    seed,
  });
  const medians = fc.record({
    quantile: fc.integer({ min: 0, max: median.quantiles.length - 1 }),
    blocks: fc.constantFrom(...median.blockings),
  });
  fc.assert(
    fc.property(convoys, cures, medians, (one, two, three) => {
      expect(convoy.choiceIn(convoy.addressOf(one))).toEqual(one);
      expect(cure.choiceIn(cure.addressOf(two))).toEqual(two);
      expect(median.choiceIn(median.addressOf(three))).toEqual(three);
    }),
  );
});

test.each([
  "#convoy:blockers=5,lock=fair,seed=1",
  "#convoy:blockers=4,lock=thread,seed=1",
  "#cure:remedy=prayer,callers=6,seed=1",
  "#cure:remedy=isolated,callers=7,seed=1",
  "#cure:remedy=isolated,callers=6",
  "#median:quantile=6,blocks=five",
  "#median:quantile=0,blocks=constructor",
  "#pool:blockers=4,executor=pinned,seed=1",
])("the address %j holds no choice", (hash) => {
  expect([convoy.choiceIn(hash), cure.choiceIn(hash), median.choiceIn(hash)]).toEqual([null, null, null]);
});
