import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost } from "../../ledger/judge.ts";
import { besideFreeWorker } from "../../ledger/of-pool.ts";
import { cells } from "../../summary/cells.ts";
import { type Estimate, factorOf, missing, type Runs, shareOf } from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { addedFailures, type MutexConvoyData, roundCounts } from "./analysis.ts";

const notebook = "08-mutex-convoy";
const onRunQueue = { executor: "run-queue", section: "yields" } as const;

/** What a host's data can say about locks that are held across yields. */
export const mutexConvoyClaims: readonly Claim<MutexConvoyData>[] = [
  {
    id: "mutex-convoy-at-saturation",
    statement:
      "Once blockers hold every worker, a lock held across yields makes half or more of its users fail beyond those that fail without it, and at most one in twenty of the others.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "three yields cost three waits for a worker, some 40 ms a hold: thirty users in line wait longer than 200 ms",
    },
    experiment: "mutex-convoy",
    evidence: { notebook, cell: "mutex-convoy-rates" },
    margin:
      "failure rate added at K = W and 100 tasks: at least 0.5 for contenders, at most 0.05 for bystanders",
    needs: "run-queue, fair lock, 100 tasks, K = W",
    judge: (data) => {
      const at = { ...onRunQueue, lock: "fair", tasks: 100, blockers: mainWorkers(data) } as const;
      return allOf({
        contenders: atLeast(addedFailures(data, { ...at, role: "contender" }), 0.5),
        bystanders: atMost(addedFailures(data, { ...at, role: "bystander" }), 0.05),
      });
    },
  },
  {
    id: "mutex-convoy-below-saturation",
    statement:
      "With one worker left free, a lock held across yields adds one failure in a hundred or more, at 500 tasks.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because:
        "the run queue gives every woken task the free worker at once: a hold lasts three short polls, and 150 users in line are through within the time-out",
    },
    experiment: "mutex-convoy",
    evidence: { notebook, cell: "mutex-convoy-rates" },
    margin: "failure rate added at K = W − 1 and 500 tasks, at least 0.01",
    needs: "run-queue, fair lock, 500 tasks, K = W − 1",
    judge: (data) =>
      atLeast(
        addedFailures(data, { ...onRunQueue, lock: "fair", tasks: 500, blockers: mainWorkers(data) - 1 }),
        0.01,
      ),
  },
  {
    id: "mutex-convoy-lock-wait-grows",
    statement:
      "The median wait for the lock is half as long again, or longer, with one worker left free, at 500 tasks.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because:
        "one dispatcher feeds all workers and is the slower part with 500 tasks: a worker more or less hardly changes a hold",
    },
    experiment: "mutex-convoy",
    evidence: { notebook, cell: "mutex-convoy-lock-waits" },
    margin: "median lock wait at K = W − 1 over K = 0 with 500 tasks, at least 1.5",
    needs: "run-queue, fair lock, 500 tasks, K = 0 and K = W − 1",
    judge: (data) => {
      const factor = factorOf(lockWaits(data, mainWorkers(data) - 1), lockWaits(data, 0), 0.5);
      return besideFreeWorker(data, atLeast(factor, 1.5));
    },
  },
  {
    id: "mutex-convoy-makes-its-own-blockers",
    statement:
      "A lock whose waiters hold their workers makes a quarter or more of the other tasks fail without any blocker; the same lock with waiters that yield at most one in fifty.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "the holder has yielded and needs a worker to give the lock back; when its waiters hold them all, nothing moves until they give up",
    },
    experiment: "mutex-convoy",
    evidence: { notebook, cell: "mutex-convoy-thread-lock" },
    margin:
      "failure rate of bystanders with 20 tasks and no blockers: thread lock at least 0.25, fair lock at most 0.02",
    needs: "run-queue, fair and thread lock held across yields, 20 tasks, no blockers",
    judge: (data) => {
      const failures = (lock: "fair" | "thread") => bystanderFailures(data, lock);
      return allOf({
        "thread lock": atLeast(failures("thread"), 0.25),
        "fair lock": atMost(failures("fair"), 0.02),
      });
    },
  },
];

function lockWaits(data: MutexConvoyData, blockers: number): Runs {
  const where = { ...onRunQueue, lock: "fair", tasks: 500, blockers, row: "round" } as const;
  return cells(data, { value: "lockWaitUs", by: [], where })[0]?.byRun ?? [];
}

function bystanderFailures(data: MutexConvoyData, lock: "fair" | "thread"): Estimate {
  const where = { ...onRunQueue, lock, tasks: 20, blockers: 0, role: "bystander" } as const;
  const [cell] = roundCounts(data, { by: [], where });
  return cell ? shareOf(cell.failed, cell.rounds) : missing;
}
