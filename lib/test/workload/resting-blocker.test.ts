import { expect, test } from "vitest";
import { restingBlocker } from "../../src/workload/resting-blocker.ts";
import type { PollRequest } from "../../src/workload/task.ts";
import { ManualTask, settle } from "./manual-task.ts";

/** Writes down what the program asks for. */
class WrittenTask extends ManualTask {
  readonly asked: string[] = [];

  override poll(request: PollRequest): Promise<void> {
    this.asked.push(`${request.work} ${request.argument} tag ${this.tag}`);
    return super.poll(request);
  }

  override sleep(ms?: number): Promise<void> {
    this.asked.push(`sleep ${ms} tag ${this.tag}`);
    return super.poll({ work: "nothing", argument: 0, times: 1 });
  }
}

async function runAll(task: WrittenTask): Promise<void> {
  await settle();
  while (task.queued > 0) await task.run();
}

test("sleeps between blocks, not before the first nor after the last; only blocks are samples", async () => {
  const task = new WrittenTask();
  const done = restingBlocker(task, { blocksMs: [50, 40], blocks: 3, restMs: 5, startMs: 20 });
  await runAll(task);
  await done;
  expect(task.asked).toEqual([
    "sleep 20 tag -1",
    "park 50 tag 0",
    "sleep 5 tag -1",
    "park 40 tag 0",
    "sleep 5 tag -1",
    "park 50 tag 0",
  ]);
});

test("goes on until the foreground has ended, and blocks once at least", async () => {
  const task = new WrittenTask();
  const done = restingBlocker(task, { blocksMs: [50], blocks: "until-drained", restMs: 1, startMs: 0 });
  await settle();
  for (let poll = 0; poll < 6; poll++) await task.run();
  task.drained = true;
  await runAll(task);
  await done;
  expect(task.asked.filter((asked) => asked.startsWith("park"))).toHaveLength(4);

  const drained = new WrittenTask();
  drained.drained = true;
  const once = restingBlocker(drained, { blocksMs: [50], blocks: "until-drained", restMs: 1, startMs: 0 });
  await runAll(drained);
  await once;
  expect(drained.asked).toEqual(["park 50 tag 0"]);
});
