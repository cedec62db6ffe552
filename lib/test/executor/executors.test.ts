import { describe, expect, test } from "vitest";
import { runOnBareTimer } from "../../src/executor/bare-timer.ts";
import type { Records } from "../../src/executor/executor.ts";
import { executorNames, executors } from "../../src/executor/executors.ts";
import { requestEvent } from "../../src/workload/client.ts";
import type { TaskSpec } from "../../src/workload/programs.ts";

const probe: TaskSpec = { program: "probe", parameters: { sleeps: 4, sleepMs: 2, phaseMs: 1 } };
const blocker: TaskSpec = { program: "blocker", parameters: { blockMs: 5, blocks: 3, startMs: 0 } };
const background: TaskSpec = {
  program: "blocker",
  parameters: { blockMs: 3, blocks: "until-drained", startMs: 0 },
  background: true,
};
const broken: TaskSpec = { program: "blocker", parameters: { blockMs: -1, blocks: 1, startMs: 0 } };

describe.each(executorNames)("%s", (name) => {
  const run = executors[name];

  test("records every poll of every task, in order, on a known worker", async () => {
    const { polls } = await run([probe, probe, blocker, probe, probe], 2);
    for (const task of [0, 1, 3, 4]) expect(tagsOf(polls, task)).toEqual([-1, 0, 1, 2, 3]);
    expect(tagsOf(polls, 2)).toEqual([0, 0, 0]);
    expect([...polls.worker].every((worker) => worker === 0 || worker === 1)).toBe(true);
  });

  test("never runs two polls on one worker at the same time, nor one before it was due", async () => {
    const { polls } = await run([...Array<TaskSpec>(12).fill(probe), blocker, blocker, blocker], 3);
    for (const worker of [0, 1, 2]) {
      const rows = [...polls.task.keys()]
        .filter((row) => polls.worker[row] === worker)
        .sort((a, b) => (polls.startedNs[a] ?? 0) - (polls.startedNs[b] ?? 0));
      rows.slice(1).forEach((row, index) => {
        expect(polls.startedNs[row]).toBeGreaterThanOrEqual(polls.endedNs[rows[index] as number] as number);
      });
    }
    const blocks = [...polls.task.keys()].filter((row) => (polls.task[row] as number) >= 12);
    for (const row of blocks) {
      expect((polls.endedNs[row] ?? 0) - (polls.startedNs[row] ?? 0)).toBeGreaterThanOrEqual(5e6);
    }
  });

  test("tells a task the times of its latest poll as the record has them", async () => {
    const request = { client: 0, requests: 1, blockingShare: 1, blockMs: 1, sleeps: 4, sleepMs: 1 };
    const { polls, events } = await run(
      [{ program: "client", parameters: { ...request, timeoutMs: 5000, startMs: 0 } }],
      2,
    );
    const waitNs = polls.dueNs.reduce((sum, dueNs, row) => sum + (polls.startedNs[row] as number) - dueNs, 0);
    expect(events.map((event) => event[requestEvent.indexOf("waitNs")])).toEqual([waitNs]);
  });

  test("ends background tasks when the foreground is done", async () => {
    const { polls } = await run([probe, background], 2);
    expect(tagsOf(polls, 0)).toHaveLength(5);
    expect(tagsOf(polls, 1).length).toBeGreaterThan(0);
  });

  test("rejects with the message of what a poll threw, while other workers block", async () => {
    await expect(run([blocker, broken, probe], 2)).rejects.toThrow("park must last 0 to 60 000 ms; got -1");
  });

  test("keeps the intended time of an open-loop wake-up, however late the call", async () => {
    const wakeUp: TaskSpec = { program: "wakeUp", parameters: { dueMs: 7.5, round: 3 } };
    const { polls } = await run([wakeUp], 1);
    expect([...polls.dueNs]).toEqual([7.5e6]);
    expect([...polls.tag]).toEqual([3]);
  });

  test("reads the instruments of every thread where that is wanted, and only there", async () => {
    const specs = [...Array<TaskSpec>(4).fill(probe), blocker, blocker];
    expect((await run(specs, 2)).readings).toBeUndefined();
    const { polls, readings } = await run(specs, 2, { watch: true });
    expect(readings?.workers).toHaveLength(2);
    readings?.workers.forEach(({ wallNs, cpuNs, utilization }, worker) => {
      const own = [...polls.worker.keys()].filter((row) => polls.worker[row] === worker);
      const ended = own.map((row) => polls.endedNs[row] as number);
      const started = own.map((row) => polls.startedNs[row] as number);
      expect(wallNs).toBeGreaterThanOrEqual(Math.max(...ended) - Math.min(...started));
      expect(cpuNs).toBeGreaterThanOrEqual(0);
      expect(utilization).toBeGreaterThanOrEqual(0);
      expect(utilization).toBeLessThanOrEqual(1);
    });
    expect(readings?.main.wallNs).toBeGreaterThanOrEqual(
      Math.max(...polls.endedNs) - Math.min(...polls.startedNs),
    );
    if (name === "piscina") expect(readings?.pool.runP99Ns).toBeGreaterThanOrEqual(5e6);
  });
});

test("on the run queue, one worker serves what one producer enqueues in that order", async () => {
  const { polls } = await executors["run-queue"]([...Array<TaskSpec>(40).fill(probe), blocker], 1);
  // The blocker is enqueued by its worker, which may be interrupted between taking the time and pushing.
  const rows = [...polls.task.keys()]
    .filter((row) => polls.task[row] !== 40)
    .sort((a, b) => (polls.startedNs[a] ?? 0) - (polls.startedNs[b] ?? 0));
  rows.slice(1).forEach((row, index) => {
    expect(polls.enqueuedNs[row]).toBeGreaterThanOrEqual(polls.enqueuedNs[rows[index] as number] as number);
  });
});

test("on the run queue, a blocker goes behind the polls that waited for it, and before those that came later", async () => {
  const { polls } = await executors["run-queue"]([...Array<TaskSpec>(5).fill(probe), blocker], 1);
  const blocks = [...polls.task.keys()].filter((row) => polls.task[row] === 5);
  blocks.slice(1).forEach((row, index) => {
    const between = [...polls.task.keys()].filter(
      (other) =>
        (polls.startedNs[other] ?? 0) > (polls.endedNs[blocks[index] as number] ?? 0) &&
        (polls.startedNs[other] ?? 0) < (polls.startedNs[row] ?? 0),
    );
    const before = [...polls.task.keys()].filter(
      (other) => polls.task[other] !== 5 && (polls.enqueuedNs[other] ?? 0) < (polls.enqueuedNs[row] ?? 0),
    );
    // The last of them may have been interrupted between taking the time and being pushed.
    const lastNs = Math.max(...before.map((other) => polls.enqueuedNs[other] ?? 0));
    const waiting = before.filter(
      (other) =>
        (polls.enqueuedNs[other] ?? 0) < lastNs &&
        (polls.startedNs[other] ?? 0) > (polls.endedNs[blocks[index] as number] ?? 0),
    );
    expect(waiting.every((other) => between.includes(other))).toBe(true);
    // Its worker has pushed it before it serves anything else.
    const pushedNs = Math.min(...[...between, row].map((other) => polls.startedNs[other] ?? 0));
    const overtaking = between.filter((other) => (polls.enqueuedNs[other] ?? 0) > pushedNs);
    expect(overtaking).toEqual([]);
  });
});

test("on the run queue, a task that yields often counts every poll once, in due order, on any worker", async () => {
  const quick: TaskSpec = { program: "blocker", parameters: { blockMs: 0, blocks: 2000, startMs: 0 } };
  const { polls } = await executors["run-queue"]([quick, quick, quick, probe], 3);
  for (const task of [0, 1, 2]) {
    const rows = [...polls.task.keys()]
      .filter((row) => polls.task[row] === task)
      .sort((a, b) => (polls.startedNs[a] ?? 0) - (polls.startedNs[b] ?? 0));
    expect(rows).toHaveLength(2000);
    rows.slice(1).forEach((row, index) => {
      expect(polls.dueNs[row]).toBe(polls.endedNs[rows[index] as number]);
    });
  }
});

test("on the run queue, an error ends the run although other tasks would yield for ever", async () => {
  const restless: TaskSpec = { program: "blocker", parameters: { blockMs: 0, blocks: 1e9, startMs: 0 } };
  await expect(executors["run-queue"]([restless, restless, broken], 2)).rejects.toThrow("got -1");
});

test("pinned tasks of one home stay together, whatever their order", async () => {
  const wakeUp = (home: number): TaskSpec => ({
    program: "wakeUp",
    home,
    parameters: { dueMs: 2, round: 0 },
  });
  const { polls } = await executors.pinned([wakeUp(0), wakeUp(0), wakeUp(1), wakeUp(1), wakeUp(0)], 2);
  const workerOf = new Map([...polls.task].map((task, row) => [task, polls.worker[row]]));
  expect([0, 1, 2, 3, 4].map((task) => workerOf.get(task))).toEqual([0, 0, 1, 1, 0]);
});

test("pinned tasks stay on the worker they were dealt to", async () => {
  const { polls } = await executors.pinned([probe, probe, probe, blocker, blocker], 2);
  const workersOf = (task: number) => new Set([...polls.worker].filter((_, row) => polls.task[row] === task));
  expect([0, 1, 2, 3, 4].map((task) => [...workersOf(task)])).toEqual([[0], [1], [0], [0], [1]]);
});

test("the bare timer runs the same programs without a worker", async () => {
  const { polls } = await runOnBareTimer([probe]);
  expect(tagsOf(polls, 0)).toEqual([-1, 0, 1, 2, 3]);
  expect(new Set(polls.worker)).toEqual(new Set([-1]));
});

function tagsOf(polls: Records["polls"], task: number): number[] {
  return [...polls.tag].filter((_, row) => polls.task[row] === task);
}

test.each(executorNames)("%s keeps no poll when recording is off", async (name) => {
  const { polls, events } = await executors[name](
    [{ program: "yielder", parameters: { polls: 3 } }, probe],
    2,
    { recording: false },
  );
  expect(polls.task).toHaveLength(0);
  expect(events).toHaveLength(1);
});
