import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, type Judgement, within } from "../../ledger/judge.ts";
import { collapseClients, kneeClients } from "../../model/request-knee.ts";
import { publishedRequests } from "../../model/request-load.ts";
import { crossingOf, type Estimate, missing, scaled } from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { rowsOf } from "../../summary/rows.ts";
import type { mutexConvoy } from "../mutex-convoy/index.ts";
import type { remedies } from "../remedies/index.ts";
import { requestTimeouts } from "../request-timeouts/index.ts";
import { convoyPredictions, remedyPredictions } from "./analysis/queues.ts";
import { offBy } from "./analysis/simulated-share.ts";
import {
  type DelayPrediction,
  delayPredictions,
  type FailurePrediction,
  failurePredictions,
  type RequestTimeoutsData,
  type SchedulingDelayData,
} from "./analysis/sweeps.ts";

const inCell = (cell: string) => ({ notebook: "17-predictions", cell: `predictions-${cell}` });

/** Measured over predicted, with the interval of the measurement: closed forms have no error, and that of simulated delays is not counted. */
function overPrediction(measured: Estimate, predicted: number | null): Estimate {
  return predicted === null || predicted <= 0 ? missing : scaled(measured, 1 / predicted);
}

function p99OverForm(
  rows: readonly DelayPrediction[],
  executor: DelayPrediction["executor"],
  blockers: number,
): Estimate {
  const [row] = rowsOf(rows, { executor, blockers });
  if (row === undefined) return missing;
  return overPrediction({ estimate: row.p99Ms, low: row.p99LowMs, high: row.p99HighMs }, row.p99FormulaMs);
}

function meanOverForm(
  rows: readonly DelayPrediction[],
  executor: DelayPrediction["executor"],
  blockers: number,
): Estimate {
  const [row] = rowsOf(rows, { executor, blockers });
  if (row === undefined) return missing;
  return overPrediction(
    { estimate: row.meanMs, low: row.meanLowMs, high: row.meanHighMs },
    row.meanFormulaMs,
  );
}

/** Judges that measured failure rates lie within so many percentage points of the simulated ones, at each number. */
function ratesWithin(
  rows: readonly FailurePrediction[],
  executor: FailurePrediction["executor"],
  points: number,
  simulated: "model" | "drawn" = "model",
): Judgement {
  const at = (clients: number) => {
    const [row] = rowsOf(rows, { executor, clients });
    const error = row ? offBy(row, row[`${simulated}Share`], row[`${simulated}ErrorShare`]) : missing;
    return within(error, -points / 100, points / 100);
  };
  return allOf({ "20 clients": at(20), "25 clients": at(25), "30 clients": at(30) });
}

const delayClaims: readonly Claim<SchedulingDelayData>[] = [
  {
    id: "predicted-height",
    statement:
      "The height of the cliff on the run queue is one block less the sleep, B − S, as the queue alone predicts, to within a tenth.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "the first worker back serves whoever became due within the block",
    },
    experiment: "scheduling-delay",
    evidence: inCell("delays-table"),
    margin: "p99 on run-queue with W blockers over the closed form, from 0.9 to 1.1",
    needs: "base grid, none and W blockers",
    judge: (data) => within(p99OverForm(delayPredictions(data), "run-queue", mainWorkers(data)), 0.9, 1.1),
  },
  {
    id: "predicted-pinned-mean",
    statement:
      "Where tasks are pinned, the mean delay grows as blockers over workers, to within a quarter of the closed form.",
    source: "this study",
    expected: { verdict: "holds", because: "a blocker delays those on its own event loop, and nobody else" },
    experiment: "scheduling-delay",
    evidence: inCell("delays-table"),
    margin: "mean on pinned over the closed form, from 0.8 to 1.25, with 1, W − 1 and W blockers",
    needs: "base grid, none, 1, W − 1 and W blockers",
    judge(data) {
      const table = delayPredictions(data);
      const ratio = (blockers: number) => within(meanOverForm(table, "pinned", blockers), 0.8, 1.25);
      const workers = mainWorkers(data);
      return allOf({
        "1 blocker": ratio(1),
        "W − 1 blockers": ratio(workers - 1),
        "W blockers": ratio(workers),
      });
    },
  },
];

const failureClaims: readonly Claim<RequestTimeoutsData>[] = [
  {
    id: "predicted-failures-run-queue",
    statement:
      "The simulated queue predicts the failure rates on the run queue with 20, 25 and 30 clients to five percentage points.",
    source: "this study",
    expected: { verdict: "holds", because: "waiting for a worker is all that can make a request late" },
    experiment: "request-timeouts",
    evidence: inCell("failures-table"),
    margin: "measured within 5 percentage points of the simulator, with 20, 25 and 30 clients",
    needs: "closed loop, the fewest and 20, 25 and 30 clients",
    judge: (data) => ratesWithin(failurePredictions(data, requestTimeouts.rates(data)), "run-queue", 5),
  },
  {
    id: "predicted-failures-pinned",
    statement:
      "Simulated event loops whose timers fire each by itself predict the failure rates on pinned tasks with 20, 25 and 30 clients to five percentage points.",
    source: "this study",
    expected: {
      verdict: "fails",
      because: "timers of one event loop round and run in turns, which no queue knows",
    },
    experiment: "request-timeouts",
    evidence: inCell("failures-table"),
    margin: "measured within 5 percentage points of the simulator, with 20, 25 and 30 clients",
    needs: "closed loop, the fewest and 20, 25 and 30 clients",
    judge: (data) => ratesWithin(failurePredictions(data, requestTimeouts.rates(data)), "pinned", 5, "drawn"),
  },
  {
    id: "predicted-failures-pinned-in-step",
    statement:
      "Simulated event loops whose timers fire together predict the failure rates on pinned tasks with 20, 25 and 30 clients to five percentage points.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "timers set within one millisecond fire together and keep clients in step, so that their blocks fall into one lap; data of one host suggested it, and others test it",
    },
    experiment: "request-timeouts",
    evidence: inCell("failures-table"),
    margin: "measured within 5 percentage points of the simulator, with 20, 25 and 30 clients",
    needs: "closed loop, the fewest and 20, 25 and 30 clients",
    judge: (data) => ratesWithin(failurePredictions(data, requestTimeouts.rates(data)), "pinned", 5),
  },
  {
    id: "predicted-half",
    statement:
      "Half of the requests on the run queue fail where the average request needs its whole deadline, to within a quarter.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "all requests wait in the same queue, so that few differ much from the average",
    },
    experiment: "request-timeouts",
    evidence: inCell("failures-table"),
    margin: "clients at which 50 % fail on run-queue over the closed form, from 0.8 to 1.25",
    needs: "closed loop, numbers of clients on both sides of the knee",
    judge(data) {
      const half = crossingOf(requestTimeouts.knee(data, "run-queue", "closed-loop").midpoint);
      const predicted = collapseClients({ ...publishedRequests, workers: mainWorkers(data) });
      return within(scaled(half, 1 / predicted), 0.8, 1.25);
    },
  },
  {
    id: "failures-far-above-knee",
    statement:
      "A load test of the run queue in the closed loop passes, with one failure in twenty, at twice the load that keeps all workers busy.",
    source: "this study",
    expected: { verdict: "holds", because: "beyond the bound clients wait, and whoever waits does not send" },
    experiment: "request-timeouts",
    evidence: inCell("failures-table"),
    margin: "clients at which 5 % fail on run-queue over the bound W(D + Z)/D, at least 2",
    needs: "closed loop, numbers of clients on both sides of the knee",
    judge(data) {
      const onset = crossingOf(requestTimeouts.knee(data, "run-queue", "closed-loop").onset);
      const bound = kneeClients({ ...publishedRequests, workers: mainWorkers(data) });
      return atLeast(scaled(onset, 1 / bound), 2);
    },
  },
];

const convoyClaims: readonly Claim<ReturnType<typeof mutexConvoy.load>>[] = [
  {
    id: "predicted-convoy",
    statement:
      "With every worker held, the queue alone predicts how many rounds of those who take the lock fail, to within five percentage points.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "a turn with the lock consists of waits for a worker, and of nothing else; data of one host were known when this was written, and others test it",
    },
    experiment: "mutex-convoy",
    evidence: inCell("convoy-table"),
    margin: "failed rounds of contenders, 100 tasks, K = W, measured minus simulated, from −5 to 5 points",
    needs: "run-queue, fair lock across yields, 100 tasks, W blockers",
    judge(data) {
      const [row] = convoyPredictions(data, { tasks: 100, blockers: mainWorkers(data) });
      if (row === undefined) return within(missing, -0.05, 0.05);
      return within(offBy(row, row.modelShare, row.modelErrorShare), -0.05, 0.05);
    },
  },
];

const remedyClaims: readonly Claim<ReturnType<typeof remedies.load>>[] = [
  {
    id: "predicted-remedies",
    statement:
      "The queue alone predicts how long others wait beside jobs that sleep, as they are and cut into pieces, to within a quarter.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "what others wait for is the queue in front of them; data of one host were known when this was written, and others test it",
    },
    experiment: "remedies",
    evidence: inCell("remedies-table"),
    margin: "p95 of the probes over the simulated one, as is and chunked, from 0.8 to 1.25",
    needs: "patient callers, jobs that sleep, as is and chunked",
    judge(data) {
      const judged = (remedy: "as-is" | "chunked") => {
        const [row] = remedyPredictions(data, [remedy]);
        if (row === undefined) return within(missing, 0.8, 1.25);
        const { p95Ms, p95LowMs, p95HighMs, p95ModelMs } = row;
        return within(
          overPrediction({ estimate: p95Ms, low: p95LowMs, high: p95HighMs }, p95ModelMs),
          0.8,
          1.25,
        );
      };
      return allOf({ "as is": judged("as-is"), chunked: judged("chunked") });
    },
  },
];

/** Claims of the models about what was measured, and of what was measured about the models. */
export const predictionClaims = [...delayClaims, ...failureClaims, ...convoyClaims, ...remedyClaims];
