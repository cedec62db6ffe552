import { setTimeout as delay } from "node:timers/promises";
import { namesOf } from "../../design/names-of.ts";
import { loadForeignSleep } from "../../workload/foreign-sleep.ts";
import { perform, workCode } from "../../workload/work.ts";
import { compute } from "./calibrated-work.ts";
import { loadLateRead } from "./late-read.ts";

/**
 * A kind of blocking work: what it does to the thread that runs it, its asynchronous equivalent where it has one, and
 * the pieces that a yield can be put between. The amount is in milliseconds, or in steps where it computes.
 */
export interface BlockingJob {
  perform(amount: number): unknown;
  performAsync?(amount: number): Promise<unknown>;
  pieces(amount: number): readonly number[];
}

const pieceCount = 10;
const evenly = (amount: number): readonly number[] => new Array<number>(pieceCount).fill(amount / pieceCount);
/** One call cannot be cut: a yield before and after it is all there is. */
const aroundTheCall = (amount: number): readonly number[] => [0, amount, 0];

const makers = {
  nothing: async (): Promise<BlockingJob> => {
    const sleep = await loadForeignSleep();
    return { perform: () => {}, performAsync: () => sleep.async(0), pieces: evenly };
  },
  sleep: async (): Promise<BlockingJob> => ({
    perform: (ms) => perform(workCode("park"), ms),
    performAsync: (ms) => delay(ms),
    pieces: evenly,
  }),
  read: async (): Promise<BlockingJob> => {
    const lateRead = await loadLateRead();
    return {
      perform: (ms) => ms > 0 && lateRead(ms),
      performAsync: (ms) => lateRead.async(ms),
      pieces: aroundTheCall,
    };
  },
  compute: async (): Promise<BlockingJob> => ({ perform: compute, pieces: evenly }),
  "foreign-call": async (): Promise<BlockingJob> => {
    const sleep = await loadForeignSleep();
    return {
      perform: (ms) => ms > 0 && sleep(ms),
      performAsync: (ms) => sleep.async(ms),
      pieces: aroundTheCall,
    };
  },
} as const satisfies Record<string, () => Promise<BlockingJob>>;

export type BlockingJobName = keyof typeof makers;

export const blockingJobNames = namesOf(makers);

/**
 * Makes the kind of work of that name, on the thread that will do it.
 *
 * @throws {NotTestableError} where this host cannot do it.
 */
export function prepareBlockingJob(name: BlockingJobName): Promise<BlockingJob> {
  return makers[name]();
}
