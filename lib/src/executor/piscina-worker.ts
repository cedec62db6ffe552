import { threadId } from "node:worker_threads";
import { startClock } from "../measure/clock.ts";
import { perform } from "../workload/work.ts";

/** One poll as a message: what to do, and the origin that its stamps count from; null for no stamps. */
export interface PollMessage {
  readonly originNs: bigint | null;
  readonly work: number;
  readonly argument: number;
}

/** Start and end of a poll (ns since the origin), and the thread or process that ran it. */
export type PollStamps = readonly [startedNs: number, endedNs: number, thread: number];

/** Runs one poll; answers with its stamps. */
export default function runPoll({ originNs, work, argument }: PollMessage): PollStamps {
  const now = originNs === null ? () => 0 : startClock(originNs);
  const startedNs = now();
  perform(work, argument);
  return [startedNs, now(), threadId];
}
