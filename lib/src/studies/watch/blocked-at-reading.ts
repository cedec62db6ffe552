import { NotTestableError } from "../../measure/study-error.ts";

/** Shorter stretches are not told of (ms): below the shortest stall. */
const threshold = 10;

/** What `blocked-at` tells of this thread, between a start and a stop. */
export interface BlockedAt {
  start(): void;
  /** Gives the longest stretch told of since the start (ns); 0 where none was. */
  stop(): number;
}

/**
 * Loads `blocked-at`, which times every callback of a thread by async hooks. Only who measures loads it.
 *
 * @throws {NotTestableError} where it is not installed.
 */
export async function loadBlockedAt(): Promise<BlockedAt> {
  const { default: blockedAt } = await import("blocked-at").catch((cause: unknown) => {
    throw new NotTestableError("package blocked-at is missing: npm install blocked-at", { cause });
  });
  let longestMs = 0;
  let hooks: { stop(): void } | null = null;
  return {
    start() {
      longestMs = 0;
      hooks = blockedAt((ms) => (longestMs = Math.max(longestMs, ms)), { threshold });
    },
    stop() {
      hooks?.stop();
      return Math.round(longestMs * 1e6);
    },
  };
}
