import type { Claim } from "../../ledger/claim.ts";
import { atLeast } from "../../ledger/judge.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { addedByLock, type TokioMutexConvoyData } from "./analysis.ts";

const shown = {
  experiment: "tokio-mutex-convoy",
  evidence: { notebook: "18-tokio", cell: "tokio-mutex-table" },
} as const;

/** What a host's data can say about a lock that is held across yields on Tokio. */
export const tokioMutexConvoyClaims: readonly Claim<TokioMutexConvoyData>[] = [
  {
    ...shown,
    id: "tokio-convoy-below-saturation",
    statement:
      "On Tokio, with one worker left free beside blockers that yield, the lock adds one failure in a hundred or more to its users.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because:
        "beside blockers that yield the free worker runs every task that is woken, the holder among them",
    },
    margin: "failure rate that the lock adds to its users at K = W − 1 and 500 tasks, at least 0.01",
    needs: "Tokio, 500 tasks, yield, K = W − 1",
    judge: (data) => {
      const at = { executor: "tokio", tasks: 500, rearm: "yield", blockers: mainWorkers(data) - 1 } as const;
      return atLeast(addedByLock(data, at), 0.01);
    },
  },
  {
    ...shown,
    id: "tokio-convoy-of-sleepers",
    statement:
      "On Tokio, with one worker left free beside blockers that sleep, the lock adds one failure in a hundred or more to its users.",
    source: "this study",
    expected: {
      verdict: "fails",
      because:
        "a holder that is stranded behind a block costs its waiters one block, and the time-out leaves room for four",
    },
    margin: "failure rate that the lock adds to its users at K = W − 1 and 500 tasks, at least 0.01",
    needs: "Tokio, 500 tasks, sleep of 5 ms, K = W − 1",
    judge: (data) => {
      const at = {
        executor: "tokio",
        tasks: 500,
        rearm: "sleep-5",
        blockers: mainWorkers(data) - 1,
      } as const;
      return atLeast(addedByLock(data, at), 0.01);
    },
  },
  ...(["tokio", "run-queue"] as const).map(
    (executor): Claim<TokioMutexConvoyData> => ({
      ...shown,
      id: `tokio-convoy-at-saturation-${executor}`,
      statement: `Once every worker is blocked, the lock makes half or more of its users fail on ${executor} beyond those that fail without it.`,
      source: "this study",
      expected: {
        verdict: "holds",
        because: "three yields cost three waits for a worker, and thirty users stand in line",
      },
      margin: "failure rate that the lock adds to its users at K = W and 100 tasks, at least 0.5",
      needs: `${executor}, 100 tasks, yield, K = W`,
      judge: (data) =>
        atLeast(
          addedByLock(data, { executor, tasks: 100, rearm: "yield", blockers: mainWorkers(data) }),
          0.5,
        ),
    }),
  ),
];
