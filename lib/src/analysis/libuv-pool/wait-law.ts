import { outOfStepDelay } from "../../model/out-of-step-delay.ts";
import type { LibuvCorner } from "./operation-waits.ts";

/** How long one blocking call holds a thread: fixed by the design. */
const blockMs = 50;

/**
 * Tells what the closed form says of a wait on libuv's pool (ms): (K − W + 1)·B / W for W threads. Of slow lookups libuv
 * runs ⌈W / 2⌉ at once: lookups find a pool of that size, everything else finds threads free.
 *
 * @see https://docs.libuv.org/en/stable/threadpool.html
 */
export function waitLaw({ threads, blocking, blockers, operation }: LibuvCorner): number {
  const law = (workers: number) => outOfStepDelay({ workers, blockers, blockMs });
  if (blocking === "foreign-call") return law(threads);
  return operation === "dns.lookup" ? law(Math.ceil(threads / 2)) : 0;
}
