import type { ColumnTable } from "arquero";
import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, type Judgement, within } from "../../ledger/judge.ts";
import { collapseClients, kneeClients } from "../../model/request-knee.ts";
import { publishedRequests } from "../../model/request-load.ts";
import { crossingOf, type Estimate, missing, scaled } from "../../summary/estimate.ts";
import { numberAt } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { failureRates } from "../request-timeouts/analysis.ts";
import { kneeOf } from "../request-timeouts/claims.ts";
import { delayPredictions, failurePredictions } from "./analysis.ts";

const inCell = (cell: string) => ({ notebook: "17-predictions", cell: `predictions-${cell}` });

/** Measured over predicted, with the interval of the measurement: the models have none. */
function overPrediction(
  table: ColumnTable,
  executor: string,
  blockers: number,
  [measured, predicted]: readonly [string, string],
): Estimate {
  const at = (column: string) => numberAt(table, { executor, blockers }, column);
  const model = at(predicted);
  const [estimate, low, high] = [at(`${measured}Ms`), at(`${measured}LowMs`), at(`${measured}HighMs`)];
  return model === null || model <= 0 ? missing : scaled({ estimate, low, high }, 1 / model);
}

/** Judges that measured failure rates lie within so many percentage points of the simulated ones, at each number. */
function ratesWithin(
  table: ColumnTable,
  executor: string,
  points: number,
  simulated = "modelShare",
): Judgement {
  const parts = [20, 25, 30].map((clients) => {
    const at = (column: string) => numberAt(table, { executor, clients }, column);
    const model = at(simulated);
    const off = (value: number | null) => (value === null || model === null ? null : value - model);
    const [estimate, low, high] = [at("failureShare"), at("failureLowShare"), at("failureHighShare")];
    const error = { estimate: off(estimate), low: off(low), high: off(high) };
    return within(error, -points / 100, points / 100);
  });
  return allOf(...(parts as [Judgement, ...Judgement[]]));
}

/** Claims of the models about both sweeps, and of both sweeps about the models. */
export const predictionClaims: readonly Claim[] = [
  {
    id: "predicted-height",
    statement: "The height of the cliff is one block less the sleep, B − S, as the queue alone predicts.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "the first worker back serves whoever became due within the block",
    },
    experiment: "scheduling-delay",
    evidence: inCell("delays-table"),
    margin: "p99 on run-queue with W blockers over the closed form, from 0.9 to 1.1",
    needs: "base grid, none and W blockers",
    judge: (data) =>
      within(
        overPrediction(delayPredictions(data), "run-queue", mainWorkers(data), ["p99", "p99FormulaMs"]),
        0.9,
        1.1,
      ),
  },
  {
    id: "predicted-pinned-mean",
    statement: "Where tasks are pinned, the mean delay grows in proportion to blockers over workers.",
    source: "this study",
    expected: { verdict: "holds", because: "a blocker delays those on its own event loop, and nobody else" },
    experiment: "scheduling-delay",
    evidence: inCell("delays-table"),
    margin: "mean on pinned over the closed form, from 0.8 to 1.25, with 1, W − 1 and W blockers",
    needs: "base grid, none, 1, W − 1 and W blockers",
    judge(data) {
      const table = delayPredictions(data);
      const ratio = (blockers: number) =>
        within(overPrediction(table, "pinned", blockers, ["mean", "meanFormulaMs"]), 0.8, 1.25);
      const workers = mainWorkers(data);
      return allOf(ratio(1), ratio(workers - 1), ratio(workers));
    },
  },
  {
    id: "predicted-failures-run-queue",
    statement: "The simulated queue predicts the failure rates on the shared queue.",
    source: "this study",
    expected: { verdict: "holds", because: "waiting for a worker is all that can make a request late" },
    experiment: "request-timeouts",
    evidence: inCell("failures-table"),
    margin: "measured within 5 percentage points of the simulator, with 20, 25 and 30 clients",
    needs: "closed loop, the fewest and 20, 25 and 30 clients",
    judge: (data) => ratesWithin(failurePredictions(data, failureRates(data)), "run-queue", 5),
  },
  {
    id: "predicted-failures-pinned",
    statement:
      "Simulated event loops whose timers fire each by itself predict the failure rates on pinned tasks.",
    source: "this study",
    expected: {
      verdict: "fails",
      because: "timers of one event loop round and run in turns, which no queue knows",
    },
    experiment: "request-timeouts",
    evidence: inCell("failures-table"),
    margin: "measured within 5 percentage points of the simulator, with 20, 25 and 30 clients",
    needs: "closed loop, the fewest and 20, 25 and 30 clients",
    judge: (data) => ratesWithin(failurePredictions(data, failureRates(data)), "pinned", 5, "drawnShare"),
  },
  {
    id: "predicted-failures-pinned-in-step",
    statement: "Simulated event loops whose timers fire together predict the failure rates on pinned tasks.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "timers set within one millisecond fire together and keep clients in step, so that their blocks fall into one lap; the reference data suggested it, and other hosts test it",
    },
    experiment: "request-timeouts",
    evidence: inCell("failures-table"),
    margin: "measured within 5 percentage points of the simulator, with 20, 25 and 30 clients",
    needs: "closed loop, the fewest and 20, 25 and 30 clients",
    judge: (data) => ratesWithin(failurePredictions(data, failureRates(data)), "pinned", 5),
  },
  {
    id: "predicted-half",
    statement: "Half of the requests fail where the average request needs its whole deadline.",
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
      const half = crossingOf(kneeOf(data, "run-queue", "closed-loop").midpoint);
      const predicted = collapseClients({ ...publishedRequests, workers: mainWorkers(data) });
      return within(scaled(half, 1 / predicted), 0.8, 1.25);
    },
  },
  {
    id: "failures-far-above-knee",
    statement: "A load test in the closed loop passes at twice the load that keeps all workers busy.",
    source: "this study",
    expected: { verdict: "holds", because: "beyond the bound clients wait, and whoever waits does not send" },
    experiment: "request-timeouts",
    evidence: inCell("failures-table"),
    margin: "clients at which 5 % fail on run-queue over the bound W(D + Z)/D, at least 2",
    needs: "closed loop, numbers of clients on both sides of the knee",
    judge(data) {
      const onset = crossingOf(kneeOf(data, "run-queue", "closed-loop").onset);
      const bound = kneeClients({ ...publishedRequests, workers: mainWorkers(data) });
      return atLeast(scaled(onset, 1 / bound), 2);
    },
  },
];
