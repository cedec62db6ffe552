import { startClock } from "../measure/clock.ts";
import { type ThreadReading, watchThread } from "../measure/watch-thread.ts";
import { watchOwnCollections } from "../measure/worker-collections.ts";
import type { TaskSpec } from "../workload/programs.ts";
import { EventLoopTask } from "./event-loop-task.ts";
import type { Records } from "./executor.ts";
import { PollLog } from "./poll-log.ts";
import { runTaskGroup } from "./task-group.ts";

/** What one worker gets: its tasks with their numbers, and the cells that all workers share. */
export interface PinnedJob {
  readonly worker: number;
  readonly specs: readonly TaskSpec[];
  readonly numbers: readonly number[];
  /** [0] workers that still have to arrive at the start, [1] workers whose foreground still runs. */
  readonly shared: Int32Array;
  readonly originNs: BigInt64Array;
  readonly watch: boolean;
  readonly recording: boolean;
}

/** What one worker hands back. */
export interface PinnedRecords extends Records {
  readonly reading: ThreadReading | null;
}

const awaited = 0;
const foreground = 1;

/** Runs its share of the tasks on this thread's event loop, from the moment the last worker has arrived. */
export default async function runPinned(job: PinnedJob): Promise<PinnedRecords> {
  const { shared, worker, specs, numbers, recording } = job;
  const tellCollections = watchOwnCollections();
  const log = new PollLog(specs.length * 16 + 16);
  const events: number[][] = [];
  meet(shared, job.originNs);
  const read = job.watch ? watchThread() : null;
  const now = startClock(Atomics.load(job.originNs, 0));
  const drained = (): boolean => Atomics.load(shared, foreground) === 0;

  const loop = { worker, now, log: recording ? log : null, events, drained };
  await runTaskGroup(
    specs,
    (index) => new EventLoopTask(numbers[index] as number, loop),
    () => Atomics.sub(shared, foreground, 1),
  );
  const reading = read?.() ?? null;
  await tellCollections();
  return { polls: log.columns(), events, reading };
}

/** Holds the thread until all workers are here; the last one fixes the origin. */
function meet(shared: Int32Array, originNs: BigInt64Array): void {
  if (Atomics.sub(shared, awaited, 1) === 1) {
    Atomics.store(originNs, 0, process.hrtime.bigint());
    Atomics.notify(originNs, 0);
  } else {
    Atomics.wait(originNs, 0, 0n);
  }
}
