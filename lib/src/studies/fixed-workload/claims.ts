import type { ExecutorName } from "../../executor/executors.ts";
import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, within } from "../../ledger/judge.ts";
import { deadlineCounts } from "../../summary/deadline-counts.ts";
import { busyShare } from "../../summary/dispatcher-room.ts";
import { type Estimate, missing, shareOf } from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { FixedWorkloadData } from "./analysis.ts";

const experiment = "fixed-workload";
const inCell = (cell: string) => ({ notebook: "03-fixed-workload", cell });

/** Judges of blockers by what they leave of the main worker count W. */
function failureShare(
  data: FixedWorkloadData,
  executor: ExecutorName,
  blockers: number,
  part = "base",
): Estimate {
  const where = { executor, blockers, workers: mainWorkers(data), part };
  const [found] = deadlineCounts(data, { by: [], where });
  return found ? shareOf(...found.counts) : missing;
}

/** What blockers do to a load that its executor carries with ease. */
export const fixedWorkloadClaims: readonly Claim<FixedWorkloadData>[] = [
  {
    id: "fixed-load-is-carried",
    statement:
      "Without blockers the load leaves the dispatcher two fifths of a core or more, and at most one request in twenty fails.",
    source: "this study",
    expected: { verdict: "holds", because: "the load of each executor was chosen for that" },
    experiment,
    evidence: inCell("fixed-room"),
    margin:
      "on run-queue and piscina, at most 0.6 of a core for the dispatcher and 0.05 of the requests failed",
    needs: "run-queue and piscina, no blockers",
    judge(data) {
      const control = { blockers: 0, workers: mainWorkers(data), part: "base" };
      return allOf({
        "dispatcher of run-queue": atMost(busyShare(data, { ...control, executor: "run-queue" }), 0.6),
        "dispatcher of piscina": atMost(busyShare(data, { ...control, executor: "piscina" }), 0.6),
        "failures on run-queue": atMost(failureShare(data, "run-queue", 0), 0.05),
        "failures on piscina": atMost(failureShare(data, "piscina", 0), 0.05),
      });
    },
  },
  {
    id: "fixed-load-cliff",
    statement:
      "Where one more blocker holds the last worker, failures on both shared queues go from one in twenty at most to nine in ten at least.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because: "any free worker serves every poll; with none, each of ten polls waits for a block to end",
    },
    experiment,
    evidence: inCell("fixed-rates"),
    margin: "failure rate on run-queue and piscina, at most 0.05 with W − 1 blockers and at least 0.9 with W",
    needs: "run-queue and piscina, W − 1 and W sustained blockers",
    judge(data) {
      const workers = mainWorkers(data);
      return allOf({
        "run-queue at W − 1": atMost(failureShare(data, "run-queue", workers - 1), 0.05),
        "run-queue at W": atLeast(failureShare(data, "run-queue", workers), 0.9),
        "piscina at W − 1": atMost(failureShare(data, "piscina", workers - 1), 0.05),
        "piscina at W": atLeast(failureShare(data, "piscina", workers), 0.9),
      });
    },
  },
  {
    id: "fixed-load-published-third",
    statement:
      "With the published load and blockers, 29 to 39 % of the requests on the run queue fail at saturation, as was published of Tokio.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because:
        "on one queue a request costs two laps of 80 ms while ten laps last, so that five of ten rounds fail; the published share belongs to Tokio's local queues",
    },
    experiment,
    evidence: inCell("fixed-design"),
    margin:
      "failure rate of 500 tasks on run-queue with W original blockers, from 0.29 to 0.39 (published: 0.34)",
    needs: "run-queue, 500 tasks, W original blockers",
    judge: (data) => within(failureShare(data, "run-queue", mainWorkers(data), "tasks"), 0.29, 0.39),
  },
  {
    id: "fixed-load-pinned-by-share",
    statement:
      "Where tasks are pinned, the share of requests that fail is the share of workers that are blocked, to within a tenth.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "a blocker starves the tasks that live beside it, all of them, and nobody else",
    },
    experiment,
    evidence: inCell("fixed-rates"),
    margin: "failure rate on pinned with 1, W / 2 and W blockers, within 0.1 of blockers over W",
    needs: "pinned, 1, W / 2 and W sustained blockers",
    judge(data) {
      const workers = mainWorkers(data);
      const asBlocked = (blockers: number) => {
        const share = failureShare(data, "pinned", blockers, "pinned");
        return within(share, blockers / workers - 0.1, blockers / workers + 0.1);
      };
      return allOf({
        "1 blocker": asBlocked(1),
        "W / 2 blockers": asBlocked(Math.ceil(workers / 2)),
        "W blockers": asBlocked(workers),
      });
    },
  },
];
