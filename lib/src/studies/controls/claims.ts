import { cross } from "../../design/design-parts.ts";
import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, type Judgement, undecided, within } from "../../ledger/judge.ts";
import {
  differenceOf,
  type Estimate,
  factorOf,
  meanOf,
  missing,
  quantileOf,
  scaled,
} from "../../summary/estimate.ts";
import { rowsOf } from "../../summary/rows.ts";
import { agedPolls, longLived } from "./analysis/aged-processes.ts";
import { type ControlsData, controlRuns, probedSystems } from "./analysis/control-runs.ts";
import { outsideShare, perPollNs } from "./analysis/instrument.ts";
import { alikeWithinMs, type LabelDifference, noDifference } from "./analysis/no-difference.ts";
import { type ControlsScenario, sleepMs } from "./run.ts";

const notebook = "16-controls";

/** What a host's data can say about the instrument itself. */
export const controlsClaims: readonly Claim<ControlsData>[] = [
  {
    id: "controls-no-false-difference",
    statement:
      "Two labels of one system have the same median and the same p99, to a fiftieth of the probes' sleep, on each executor and the bare timer.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "there is none",
    },
    experiment: "controls",
    evidence: { notebook, cell: "controls-labels-table" },
    margin:
      "difference of the labels over the sleep of 10 ms, of p50 and p99, trimmed means over runs, on each of four systems: from −0.02 to 0.02",
    needs:
      "both labels, at least 6 runs each, long probes where a tail is to be told, 50 probes, no blockers",
    judge: (data) => allOf(labelsAlike(noDifference(data))),
  },
  {
    id: "controls-clocks-agree",
    statement:
      "Stamps of two threads can be subtracted: of two hundred at most one lies outside the round trip in which it was taken.",
    source: "this study",
    expected: { verdict: "holds", because: "all threads of a process read one monotonic clock" },
    experiment: "controls",
    evidence: { notebook, cell: "controls-clocks" },
    margin: "share of round trips with the stamp outside, at most 0.005",
    needs: "ping-pong of two threads by futex and by message",
    judge: (data) => atMost(outsideShare(data), 0.005),
  },
  {
    id: "controls-recording-is-cheap",
    statement: "Recording a poll costs less than a fiftieth of the median delay of an idle run queue.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "two stamps and a row of seven numbers cost half a microsecond; an idle run queue delays by some 80",
    },
    experiment: "controls",
    evidence: { notebook, cell: "controls-recording" },
    margin: "median cost of recording a poll over the lower bound of the median overhead, at most 0.02",
    needs: "run-queue: 20 yielding tasks with and without recording; 50 probes, no blockers",
    judge: (data) =>
      atMost(
        shareOfDelay(
          differenceOf(perPollNs(data, "run-queue"), perPollNs(data, "run-queue", { recording: "off" }), 0.5),
          quantileOf(controlRuns(data, "overhead", { system: "run-queue" }), 0.5),
        ),
        0.02,
      ),
  },
  {
    id: "controls-floor-of-50",
    statement:
      "With 50 probes and no blockers, the run queue's p99 is within 1.3 times that of Node's own timers.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "its dispatcher keeps timers of its own, which do not fire on whole milliseconds as Node's do",
    },
    experiment: "controls",
    evidence: { notebook, cell: "controls-steps-table" },
    margin: "p99 of run-queue over p99 of bare-timer, at most 1.3",
    needs: "run-queue with 4 workers and bare-timer, 50 probes, no blockers",
    judge: (data) => atMost(tailAgainst(data, "bare-timer", 50), 1.3),
  },
  {
    id: "controls-floor-of-500",
    statement:
      "With 500 probes and no blockers, the run queue's p99 is within 1.3 times that of Node's own timers.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "trial runs say 0.65 times without V8's top compiler; with it, earlier data of one host said 2.3 times",
    },
    experiment: "controls",
    evidence: { notebook, cell: "controls-steps-table" },
    margin: "p99 of run-queue over p99 of bare-timer, at most 1.3",
    needs: "run-queue with 4 workers and bare-timer, 500 probes, no blockers",
    judge: (data) => atMost(tailAgainst(data, "bare-timer", 500), 1.3),
  },
  ...([50, 500] as const).map(
    (tasks): Claim<ControlsData> => ({
      id: `controls-futex-floor-of-${tasks}`,
      statement: `With ${tasks} probes and no blockers, the run queue's p99 is within 1.3 times that of a thread that waits on a futex and has no workers.`,
      source: "this study",
      expected: {
        verdict: "fails",
        because: "a wake-up crosses to a parked worker: a second futex, and a core that has to be free",
      },
      experiment: "controls",
      evidence: { notebook, cell: "controls-steps-table" },
      margin: "p99 of run-queue over p99 of futex-timer, at most 1.3",
      needs: `run-queue with 4 workers and futex-timer, ${tasks} probes, no blockers`,
      judge: (data) => atMost(tailAgainst(data, "futex-timer", tasks), 1.3),
    }),
  ),
  {
    id: "controls-long-lived-capacity",
    statement:
      "In a process that is no longer young, with V8's top compiler, a poll on Piscina takes at most 1.1 times what it takes in a fresh one.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "what is hot has been compiled, and compiling takes no core any more",
    },
    experiment: "controls",
    evidence: { notebook, cell: "controls-age" },
    margin: "median time of one poll, long-lived over fresh without the top tier, at most 1.1",
    needs: "piscina, 20 yielding tasks: long-lived with the top tier, and fresh without",
    judge: (data) =>
      atMost(
        factorOf(agedPolls(data, "piscina", "long-lived"), agedPolls(data, "piscina", "fresh"), 0.5),
        1.1,
      ),
  },
  {
    id: "controls-long-lived-tail",
    statement:
      "In such a process Piscina's p99 without blockers is within a factor of 1.5 of that in fresh processes without the top tier.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "its tail is messages and Node's timers, which the compiler does not touch",
    },
    experiment: "controls",
    evidence: { notebook, cell: "controls-steps-table" },
    margin: "p99, long-lived with the top tier over fresh without, from 0.67 to 1.5",
    needs: "piscina, 50 probes, no blockers: long-lived with the top tier, and fresh without",
    judge: (data) => {
      const fresh = controlRuns(data, "overhead", { system: "piscina" });
      const old = controlRuns(data, "overhead", { system: "piscina", ...longLived });
      return within(factorOf(old, fresh, 0.99), 0.67, 1.5);
    },
  },
  {
    id: "controls-workers-preempt-dispatcher",
    statement:
      "What the run queue adds with 500 probes is the kernel's doing: it takes the core from the dispatcher for the workers that it wakes, and stops when the dispatcher goes first.",
    source: "this study",
    expected: {
      verdict: "fails",
      because:
        "it takes the core dozens of times in 10 ms, but in earlier data of one host p99 was no lower with the dispatcher first",
    },
    experiment: "controls",
    evidence: { notebook, cell: "controls-steps-table" },
    margin:
      "share of time in which the dispatcher is ready without a core: at least 0.03, and of the bare timer's thread at most 0.01; p99 over p99 with the dispatcher first: at least 1.2",
    needs: "run-queue and bare-timer, 500 probes, on Linux; run-queue with a raised dispatcher",
    judge: (data) => {
      const waiting = (system: ControlsScenario["system"]) =>
        scaled(meanOf(controlRuns(data, "kernel-wait", { system, tasks: 500 })), 1 / sliceNs);
      const tail = (priority: ControlsScenario["priority"]) =>
        controlRuns(data, "overhead", { system: "run-queue", tasks: 500, priority });
      return allOf({
        "dispatcher waits": atLeast(waiting("run-queue"), 0.03),
        "bare timer waits": atMost(waiting("bare-timer"), 0.01),
        "dispatcher first": atLeast(factorOf(tail("equal"), tail("dispatcher first"), 0.99), 1.2),
      });
    },
  },
  {
    id: "controls-compiler-stalls-dispatcher",
    statement:
      "With 500 probes, V8's top compiler raises the run queue's p99 in a young process by a fifth or more.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "in trial runs it doubled or tripled p99: compiling takes a core that five threads on two cores miss",
    },
    experiment: "controls",
    evidence: { notebook, cell: "controls-steps-table" },
    margin: "p99 with the top tier over p99 without, at least 1.2",
    needs: "run-queue with 4 workers, 500 probes, no blockers, with and without the top tier",
    judge: (data) => {
      const overheads = (compiler: ControlsScenario["compiler"]) =>
        controlRuns(data, "overhead", { system: "run-queue", tasks: 500, compiler });
      return atLeast(factorOf(overheads("top tier"), overheads("no top tier"), 0.99), 1.2);
    },
  },
];

/** What the kernel's accounts are read over. */
const sliceNs = 10e6;

/** Divides a cost by the least the delay can be. */
function shareOfDelay(cost: Estimate, delay: Estimate): Estimate {
  const least = delay.low !== null && delay.low > 0 ? delay.low : null;
  return least === null ? missing : scaled(cost, 1 / least);
}

function tailAgainst(data: ControlsData, timer: "bare-timer" | "futex-timer", tasks: number): Estimate {
  const overheads = (system: ControlsScenario["system"]) => controlRuns(data, "overhead", { system, tasks });
  return factorOf(overheads("run-queue"), overheads(timer), 0.99);
}

/** Judges by the interval, which lies within the margin exactly where both one-sided tests say so. */
function labelsAlike(labels: readonly LabelDifference[]): Record<string, Judgement> {
  const inSleeps = (ms: number | null) => (ms === null ? null : ms / sleepMs);
  const alike = alikeWithinMs / sleepMs;
  const judged = (row: LabelDifference) => {
    const bounds = [row.differenceMs, row.differenceLowMs, row.differenceHighMs].map(inSleeps);
    const [estimate = null, low = null, high = null] = bounds;
    return within({ estimate, low, high }, -alike, alike);
  };
  return Object.fromEntries(
    cross({ system: probedSystems, quantile: ["p50", "p99"] }).map(({ system, quantile }) => {
      const [row] = rowsOf(labels, { system, quantile });
      return [`${quantile} of ${system}`, row ? judged(row) : undecided("not measured under both labels")];
    }),
  );
}
