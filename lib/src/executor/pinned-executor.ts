import { entryBeside } from "../measure/entry-beside.ts";
import { type ThreadReading, watchThread } from "../measure/watch-thread.ts";
import type { TaskSpec } from "../workload/programs.ts";
import type { Executor } from "./executor.ts";
import type { PinnedJob, PinnedRecords } from "./pinned-worker.ts";
import { concatenatePolls } from "./poll-log.ts";
import { readPool } from "./readings.ts";
import { poolFailure, startWorkerPool } from "./worker-pool.ts";

/**
 * Many current-thread runtimes: tasks are dealt out in turn and stay on their worker's event loop. Nobody
 * steals, so a blocker starves its neighbours and no one else.
 */
export const runPinned: Executor = async (specs, workers, { watch = false, recording = true } = {}) => {
  const pool = startWorkerPool(entryBeside(import.meta.url, "pinned-worker"), workers);
  const shared = new Int32Array(new SharedArrayBuffer(8)).fill(workers);
  const originNs = new BigInt64Array(new SharedArrayBuffer(8));
  const readMain = watch ? watchThread() : null;
  try {
    const runs = Array.from({ length: workers }, (_, worker) => {
      const job: PinnedJob = { worker, ...deal(specs, worker, workers), shared, originNs, watch, recording };
      return pool.run(job) as Promise<PinnedRecords>;
    });
    const records = await Promise.race([Promise.all(runs), poolFailure(pool)]);
    return {
      polls: concatenatePolls(records.map(({ polls }) => polls)),
      events: records.flatMap(({ events }) => events),
      ...(readMain && {
        readings: {
          workers: records.map(({ reading }) => reading as ThreadReading),
          main: readMain(),
          pool: readPool(pool),
        },
      }),
    };
  } finally {
    await pool.close({ force: true });
  }
};

/** Deals the tasks of each program in turn, by their home if they have one: each kind is spread evenly. */
function deal(
  specs: readonly TaskSpec[],
  worker: number,
  workers: number,
): { specs: TaskSpec[]; numbers: number[] } {
  const dealt = { specs: [] as TaskSpec[], numbers: [] as number[] };
  const counts = new Map<string, number>();
  specs.forEach((spec, number) => {
    const place = counts.get(spec.program) ?? 0;
    counts.set(spec.program, place + 1);
    if ((spec.home ?? place) % workers !== worker) return;
    dealt.specs.push(spec);
    dealt.numbers.push(number);
  });
  return dealt;
}
