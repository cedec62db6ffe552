import fc from "fast-check";
import { expect, test } from "vitest";
import { EventHeap } from "../../src/model/event-heap.ts";

/** Pops everything: codes with their times. */
function drained(heap: EventHeap): { code: number; timeMs: number }[] {
  const popped: { code: number; timeMs: number }[] = [];
  while (heap.size > 0) {
    const code = heap.pop();
    popped.push({ code, timeMs: heap.poppedMs });
  }
  return popped;
}

test("events come in order of time, and those of one time in the order in which they were pushed", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 300 }), (times) => {
      const heap = new EventHeap(1);
      for (const [code, timeMs] of times.entries()) heap.push(timeMs, code);
      const expected = times
        .map((timeMs, code) => ({ code, timeMs }))
        .sort((a, b) => a.timeMs - b.timeMs || a.code - b.code);
      expect(drained(heap)).toEqual(expected);
    }),
  );
});

test("pushes between pops keep the order", () => {
  const heap = new EventHeap(4);
  heap.push(3, 30);
  heap.push(1, 10);
  expect(heap.pop()).toBe(10);
  heap.push(2, 20);
  heap.push(3, 31);
  expect(drained(heap).map(({ code }) => code)).toEqual([20, 30, 31]);
});

test("an empty heap has nothing to pop", () => {
  expect(() => new EventHeap(4).pop()).toThrow(/must not be empty/);
});
