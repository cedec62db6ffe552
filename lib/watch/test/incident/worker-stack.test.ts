import { expect, test } from "vitest";
import { findWorkerStack, innermostFrames } from "../../src/incident/worker-stack.ts";

const frames = [
  ["park", "file:///app/tasks.js"],
  ["act", "file:///app/node_modules/scheduling-safety-watch/dist/worker/pool-task.js"],
  ["holding", "file:///app/node_modules/scheduling-safety-watch/dist/worker/stamp.js"],
  ["onMessage", "file:///app/node_modules/piscina/dist/worker.js"],
  ["processTicksAndRejections", "node:internal/process/task_queues"],
] as const;

test("leaves frames of this package, of the pool and of the runtime out of a stack", () => {
  const nodes = frames.toReversed().map(([functionName, url], at, { length }) => ({
    id: at + 1,
    callFrame: { functionName, url, lineNumber: 0 },
    children: at + 1 < length ? [at + 2] : [],
  }));
  expect(innermostFrames({ nodes, samples: [frames.length] })).toBe("park (tasks.js:1)");
});

test("ends a profile that begins only after nobody waits for it any more", async () => {
  const profiling = Promise.withResolvers<{ stop(): Promise<string> }>();
  const worker = { threadId: 1, startCpuProfile: () => profiling.promise as never };
  expect(await findWorkerStack(worker)).toEqual({
    stack: null,
    noStack: "the worker did not answer, as in a native call",
  });
  let stops = 0;
  profiling.resolve({
    stop: async () => {
      stops++;
      throw new Error("the worker has ended");
    },
  });
  await profiling.promise;
  expect(stops).toBe(1);
});
