import { startClock } from "../../measure/clock.ts";
import { perform } from "../../workload/work.ts";

/** The pool's part of one request; `expiresNs` lets a worker give back what nobody waits for any more. */
export interface ServiceMessage {
  readonly originNs: bigint;
  readonly work: number;
  readonly argument: number;
  /** Deadline of the request (ns since the origin); null: the work is done however late. */
  readonly expiresNs: number | null;
}

/** Does the work of a request; answers with its start and end (ns since the origin), equal if it had expired. */
export default function serve({ originNs, work, argument, expiresNs }: ServiceMessage): [number, number] {
  const now = startClock(originNs);
  const startedNs = now();
  if (expiresNs !== null && startedNs >= expiresNs) return [startedNs, startedNs];
  perform(work, argument);
  return [startedNs, now()];
}
