import fc from "fast-check";
import { expect, test } from "vitest";
import { lockCapacity, slotSuspensionMs } from "../../src/model/suspension-capacity.ts";

test("a turn of 1 ms that waits 4 ms under the lock leaves 200 turns a second; given back first, 1000", () => {
  expect(1000 * lockCapacity("holding", { holdMs: 1, suspensionMs: 4 })).toBe(200);
  expect(1000 * lockCapacity("released", { holdMs: 1, suspensionMs: 4 })).toBe(1000);
});

test("no turn takes no time", () => {
  expect(() => lockCapacity("released", { holdMs: 0, suspensionMs: 4 })).toThrow(RangeError);
});

test("a consumer that is faster than its sender suspends nobody; a slower one sets the pace", () => {
  expect(slotSuspensionMs(1, 3)).toBe(0);
  expect(slotSuspensionMs(5, 3)).toBe(2);
  expect(slotSuspensionMs(5, 3, 3)).toBe(12);
});

test("of three events, two find room at once in an idle channel, and the third waits", () => {
  expect(slotSuspensionMs(1, 9, 3)).toBe(1);
});

test("the closed form is what a sender, its slot and a busy consumer do when they are played turn by turn", () => {
  const times = fc.record({
    holdMs: fc.integer({ min: 1, max: 30 }),
    consumeMs: fc.integer({ min: 1, max: 30 }),
    events: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(times, ({ holdMs, consumeMs, events }) => {
      const turns = 2000;
      const turnMs = play({ holdMs, consumeMs, events, turns }) / turns;
      const suspensionMs = slotSuspensionMs(consumeMs, holdMs, events);
      expect(1 / turnMs).toBeCloseTo(lockCapacity("holding", { holdMs, suspensionMs }), 3);
    }),
  );
});

/** Time at which the last turn ends: each does its own work, then sends its events, all under the lock. */
function play({ holdMs, consumeMs, events, turns }: Record<string, number> & { turns: number }): number {
  let nowMs = 0;
  let slotFreeMs = 0;
  let consumerFreeMs = 0;
  for (let turn = 0; turn < turns; turn++) {
    nowMs += holdMs as number;
    for (let event = 0; event < (events as number); event++) {
      nowMs = Math.max(nowMs, slotFreeMs);
      // The consumer takes the event out of the slot as soon as it has done with the one before.
      slotFreeMs = Math.max(nowMs, consumerFreeMs);
      consumerFreeMs = slotFreeMs + (consumeMs as number);
    }
  }
  return nowMs;
}
