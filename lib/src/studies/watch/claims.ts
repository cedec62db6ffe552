import type { Claim } from "../../ledger/claim.ts";
import { atLeast, atMost, type Judgement, undecided } from "../../ledger/judge.ts";
import {
  healthyLoad,
  precisionOf,
  recallOf,
  stampCostOf,
  throughputFactorOf,
  toldWhileTheyLast,
  type WatchData,
} from "./analysis.ts";

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
      "Of the incidents that the watch tells of, 99 in a hundred or more are laid on the task that made them, also while one worker is free.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "with a worker free nobody waits, and shares of held time are exact",
    },
    experiment,
    evidence: inCell("verdicts"),
    margin: "incidents told of that were laid on the task that made them: at least 0.99",
    needs: `${stalls}, and one worker free`,
    judge: (data) => atLeast(precisionOf(data), 0.99),
  },
  {
    id: "watch-tells-while-it-lasts",
    statement: "The watch tells of nine in ten stalls of 20 to 200 ms, or more, before they are over.",
    source: "this study",
    expected: {
      verdict: "fails",
      because: "a hold must last 20 ms before it is one, and the shortest stalls last no longer",
    },
    experiment,
    evidence: inCell("verdicts"),
    margin: "stalls of 20 to 200 ms whose first line came before the end of the hold: at least 0.9",
    needs: stalls,
    judge: (data) => atLeast(toldWhileTheyLast(data), 0.9),
  },
  {
    id: "watch-leaves-healthy-pools-alone",
    statement: "Under healthy load the watch tells of an incident in at most one stretch in twenty.",
    source: "this study",
    expected: { verdict: "holds", because: "short tasks make no incident, however many wait" },
    experiment,
    evidence: inCell("healthy"),
    margin: "stretches of load with an incident: at most 0.05",
    needs: "healthy load",
    judge: silence,
  },
  {
    id: "watch-costs-little",
    statement: "Watching costs a service no more than two percent of its throughput.",
    source: "this study",
    expected: { verdict: "fails", because: "tasks as short as those of this service pay for the envelope" },
    experiment,
    evidence: inCell("costs"),
    margin: "throughput with the watch over without, paired within runs: at least 0.98",
    needs: "service",
    judge: (data) => atLeast(throughputFactorOf(data), 0.98),
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
    judge: (data) => {
      const { estimate, low, high } = stampCostOf(data);
      const inUs = (ns: number | null) => (ns === null ? null : ns / 1000);
      return atMost({ estimate: inUs(estimate), low: inUs(low), high: inUs(high) }, 1);
    },
  },
];

function silence(data: WatchData): Judgement {
  const { stretches, falseShare, falseLowShare, falseHighShare } = healthyLoad(data);
  if (stretches === 0) return undecided("no healthy load was measured");
  return atMost({ estimate: falseShare, low: falseLowShare, high: falseHighShare }, 0.05);
}
