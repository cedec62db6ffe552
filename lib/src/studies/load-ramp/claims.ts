import type { ExecutorName } from "../../executor/executors.ts";
import type { Claim } from "../../ledger/claim.ts";
import { atLeast, atMost, type Judgement, undecided } from "../../ledger/judge.ts";
import { besideFreeWorker } from "../../ledger/of-pool.ts";
import { deadlineCounts } from "../../summary/deadline-counts.ts";
import {
  crossingOf,
  type Estimate,
  missing,
  type RunCounts,
  ratioOf,
  shareDifferenceOf,
  shareOf,
} from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { type LoadRampData, loadKnee } from "./analysis.ts";

const experiment = "load-ramp";
const inCell = (cell: string) => ({ notebook: "04-load-ramp", cell });
const ramp = "loads on both sides of the collapse, with W − 1 blockers and without";

/** Where half of the requests fail with W − 1 blockers, over where they do without any. */
function collapseRatio(data: LoadRampData, executor: ExecutorName): Estimate {
  const half = (blockers: number) => crossingOf(loadKnee(data, { executor, blockers }).midpoint);
  return ratioOf(half(mainWorkers(data) - 1), half(0));
}

function countsAt(
  data: LoadRampData,
  executor: ExecutorName,
  blockers: number,
  tasks: number,
): RunCounts | null {
  const where = { executor, blockers, tasks, workers: mainWorkers(data) };
  return deadlineCounts(data, { by: [], where })[0]?.counts ?? null;
}

/** What a load loses to blockers that leave one worker free. */
export const loadRampClaims: readonly Claim<LoadRampData>[] = [
  {
    id: "ramp-one-worker-suffices",
    statement:
      "On the run queue one free worker carries seven tenths or more of the load that all of them carry.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "a poll takes a worker microseconds, and the one dispatcher more: it is full first",
    },
    experiment,
    evidence: inCell("ramp-collapse"),
    margin: "tasks at which half of the requests fail, W − 1 blockers over none, at least 0.7",
    needs: ramp,
    judge: (data) => besideFreeWorker(data, atLeast(collapseRatio(data, "run-queue"), 0.7)),
  },
  {
    id: "ramp-blocking-causes-collapse",
    statement:
      "The load at which requests collapse beside W − 1 blockers is one at which, without them, at most one in twenty fails.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because: "the published ramp has no control, and the dispatcher's own limit needs no blocker",
    },
    experiment,
    evidence: inCell("ramp-rates"),
    margin:
      "run-queue, the least load at which half fail beside blockers: failure rate without them at most 0.05",
    needs: ramp,
    judge: (data) => besideFreeWorker(data, controlAtCollapse(data, "run-queue")),
  },
  {
    id: "ramp-survives-5000",
    statement: "Beside W − 1 blockers, 5,000 tasks on the run queue lose one request in twenty at most.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because: "5,000 tasks ask for millions of wake-ups a second, and one JavaScript thread hands them out",
    },
    experiment,
    evidence: inCell("ramp-rates"),
    margin: "failure rate on run-queue, at most 0.05 (published: 0)",
    needs: "run-queue, 5,000 tasks, W − 1 blockers",
    judge(data) {
      const counts = countsAt(data, "run-queue", mainWorkers(data) - 1, 5000);
      return atMost(counts ? shareOf(...counts) : missing, 0.05);
    },
  },
  {
    id: "ramp-piscina-loses-capacity",
    statement:
      "Where every poll is a message there and back, W − 1 blockers bring the collapse down to four fifths of the load or less.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "one free worker answers one message at a time, and each answer takes two hops",
    },
    experiment,
    evidence: inCell("ramp-collapse"),
    margin: "piscina, tasks at which half of the requests fail, W − 1 blockers over none, at most 0.8",
    needs: ramp,
    judge: (data) => besideFreeWorker(data, atMost(collapseRatio(data, "piscina"), 0.8)),
  },
  {
    id: "ramp-pinned-needs-no-load",
    statement:
      "Where tasks are pinned, at 500 tasks W − 1 blockers alone make three requests in five fail or more.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "three event loops of four are held, however few tasks they carry",
    },
    experiment,
    evidence: inCell("ramp-rates"),
    margin: "failure rate that W − 1 blockers add at 500 tasks on pinned, at least 0.6 (W − 1 of W: 0.75)",
    needs: "pinned, 500 tasks, with W − 1 blockers and without",
    judge(data) {
      const beside = countsAt(data, "pinned", mainWorkers(data) - 1, 500);
      const control = countsAt(data, "pinned", 0, 500);
      const added = beside && control ? shareDifferenceOf(beside, control) : missing;
      return besideFreeWorker(data, atLeast(added, 0.6));
    },
  },
];

function controlAtCollapse(data: LoadRampData, executor: ExecutorName): Judgement {
  const where = { executor, blockers: mainWorkers(data) - 1, workers: mainWorkers(data) };
  const collapsed = deadlineCounts(data, { by: ["tasks"], where })
    .filter(({ counts }) => (shareOf(...counts).estimate ?? 0) >= 0.5)
    .map(({ levels }) => levels.tasks);
  if (collapsed.length === 0) return undecided("half of the requests fail at no load that was measured");
  const control = countsAt(data, executor, 0, Math.min(...collapsed));
  return atMost(control ? shareOf(...control) : missing, 0.05);
}
