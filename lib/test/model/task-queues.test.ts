import { expect, test } from "vitest";
import { TaskQueues } from "../../src/model/task-queues.ts";

test("each queue gives its tasks back first in, first out, whatever the others do", () => {
  const queues = new TaskQueues(6, 2);
  for (const task of [4, 0, 2]) queues.push(0, task);
  for (const task of [1, 5]) queues.push(1, task);
  expect([queues.length(0), queues.length(1)]).toEqual([3, 2]);
  expect([queues.shift(0), queues.shift(1)]).toEqual([4, 1]);
  queues.push(1, 4);
  expect([queues.shift(0), queues.shift(0), queues.shift(0)]).toEqual([0, 2, -1]);
  expect([queues.shift(1), queues.shift(1), queues.shift(1)]).toEqual([5, 4, -1]);
  expect([queues.length(0), queues.length(1)]).toEqual([0, 0]);
});
