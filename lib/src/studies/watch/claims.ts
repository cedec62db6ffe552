import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, type Judgement, undecided } from "../../ledger/judge.ts";
import { scaled } from "../../summary/estimate.ts";
import { serviceFactors, stampCostOf } from "./analysis/costs.ts";
import type { WatchData } from "./analysis/samples.ts";
import {
  earlyLinesOf,
  exactHoldsOf,
  exactWaitsOf,
  healthyLoad,
  precisionOf,
  recallOf,
  toldWhileTheyLast,
} from "./analysis/stalls.ts";

const experiment = "watch";
const inCell = (cell: string) => ({ notebook: "20-watch", cell: `watch-${cell}` });
const stalls = "stalls by held workers, on either pool";

/** What a host's data can say about the watch. */
export const watchClaims: readonly Claim<WatchData>[] = [
  {
    id: "watch-names-the-culprit",
    statement:
      "Of stalls of 20 to 200 ms that hold every worker of a pool, by five kinds of call, the watch lays 99 in a hundred or more on the task that made them.",
    source: "this study",
    expected: { verdict: "holds", because: "the worker itself stamps the hold, whatever it calls" },
    experiment,
    evidence: inCell("verdicts"),
    margin: "stalls of 20 to 200 ms laid on the task that made them: at least 0.99",
    needs: stalls,
    judge: (data) => atLeast(recallOf(data), 0.99),
  },
  {
    id: "watch-blames-nobody-else",
    statement:
      "Of the incidents of the pool that the watch tells of where workers are held on purpose, 99 in a hundred or more are laid on the task that made them, also while one worker is free.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "with a worker free nobody waits, and shares of held time are exact",
    },
    experiment,
    evidence: inCell("verdicts"),
    margin:
      "incidents of the pool told of there, and over, that were laid on the task that made them: at least 0.99",
    needs: `${stalls}, and one worker free`,
    judge: (data) => atLeast(precisionOf(data), 0.99),
  },
  {
    id: "watch-tells-while-it-lasts",
    statement: "The watch tells of nine in ten stalls of 20 to 200 ms, or more, before they are over.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "a hold is one after 20 ms and the watch is there then, so that only the shortest stalls are over before",
    },
    experiment,
    evidence: inCell("verdicts"),
    margin: "stalls of 20 to 200 ms whose first line came before the end of the hold: at least 0.9",
    needs: stalls,
    judge: (data) => atLeast(toldWhileTheyLast(data), 0.9),
  },
  {
    id: "watch-tells-in-time",
    statement: "Of a hundred first lines 99 or more come within a tenth of a second.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "20 ms make a hold, 10 ms a wait, and the watch looks at least every 10 ms",
    },
    experiment,
    evidence: inCell("verdicts"),
    margin:
      "first lines within 100 ms of the moment when every worker was held and somebody waited: at least 0.99",
    needs: stalls,
    judge: (data) => atLeast(earlyLinesOf(data), 0.99),
  },
  {
    id: "watch-measures-holds",
    statement: "Of a hundred holds 99 or more are told to a millisecond.",
    source: "this study",
    expected: { verdict: "holds", because: "the worker stamps it around the task itself" },
    experiment,
    evidence: inCell("verdicts"),
    margin: "culprits' longest holds as told that are within 1 ms of their own clocks': at least 0.99",
    needs: stalls,
    judge: (data) => atLeast(exactHoldsOf(data), 0.99),
  },
  {
    id: "watch-measures-waits",
    statement: "Of a hundred waits 99 or more are told to a millisecond.",
    source: "this study",
    expected: { verdict: "holds", because: "submission and start are stamped where they happen" },
    experiment,
    evidence: inCell("verdicts"),
    margin: "victims' longest waits as told that are within 1 ms of their own clocks': at least 0.99",
    needs: stalls,
    judge: (data) => atLeast(exactWaitsOf(data), 0.99),
  },
  {
    id: "watch-leaves-healthy-pools-alone",
    statement: "Under healthy load the watch tells of at most one incident an hour.",
    source: "this study",
    expected: { verdict: "holds", because: "short tasks make no incident, however many wait" },
    experiment,
    evidence: inCell("healthy"),
    margin:
      "incidents told of in an hour of healthy load, with the exact interval of a Poisson rate, wider where they cluster: at most 1",
    needs: "healthy load; without any incident, nearly four hours of it to decide",
    judge: silence,
  },
  {
    id: "watch-costs-little",
    statement:
      "On either pool watching costs a service of tasks of a millisecond no more than two percent of its throughput.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "a few microseconds a task, and a look every ten milliseconds that takes less than a tenth of one",
    },
    experiment,
    evidence: inCell("costs"),
    margin: "throughput with the watch over without, paired within runs, of either pool: at least 0.98",
    needs: "service",
    judge: (data) => onEachPool(data, ({ throughput }) => atLeast(throughput, 0.98)),
  },
  {
    id: "watch-delays-little",
    statement: "Nor does it, on either pool, add more than two percent to p99 of the latency.",
    source: "this study",
    expected: {
      verdict: "fails",
      because:
        "with every core busy the watch's thread takes one for a moment, and that moment is somebody's",
    },
    experiment,
    evidence: inCell("costs"),
    margin: "p99 of latency with the watch over without, paired within runs, of either pool: at most 1.02",
    needs: "service",
    judge: (data) => onEachPool(data, ({ latency }) => atMost(latency, 1.02)),
  },
  {
    id: "watch-stamps-in-a-microsecond",
    statement: "Stamping a task takes its worker less than a microsecond.",
    source: "this study",
    expected: { verdict: "holds", because: "two readings of the clock and a few stores" },
    experiment,
    evidence: inCell("costs"),
    margin: "time of a handler that does nothing, marked less not marked, in µs: at most 1",
    needs: "service",
    judge: (data) => atMost(scaled(stampCostOf(data), 1e-3), 1),
  },
];

/** What a service costs must keep within the bound on every pool that was measured. */
function onEachPool(
  data: WatchData,
  judge: (factors: ReturnType<typeof serviceFactors>[number]) => Judgement,
): Judgement {
  return allOf(Object.fromEntries(serviceFactors(data).map((factors) => [factors.pool, judge(factors)])));
}

function silence(data: WatchData): Judgement {
  const { stretches, falsePerHour, falsePerHourLow, falsePerHourHigh } = healthyLoad(data);
  if (stretches === 0) return undecided("no healthy load was measured");
  return atMost({ estimate: falsePerHour, low: falsePerHourLow, high: falsePerHourHigh }, 1);
}
