import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, type Judgement, within } from "../../ledger/judge.ts";
import { type Estimate, meanOf } from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { readingFactor } from "./analysis/instrument-verdicts.ts";
import { type Instrument, type InstrumentName, instruments } from "./analysis/instruments.ts";
import { type IntrospectionData, watchedRuns } from "./analysis/watched-runs.ts";
import { holdCpuShare } from "./analysis/worker-times.ts";
import type { IntrospectionScenario } from "./run.ts";

const notebook = "10-introspection";
const experiment = "introspection";

/** What a host's data can say about the instruments that look at a pool. */
export const introspectionClaims: readonly Claim<IntrospectionData>[] = [
  {
    id: "introspection-sched-to-busy",
    statement: "On the run queue Sched:Busy of a task grows by 1.5 to 2.5 when the last worker is held.",
    source: "tokio",
    expected: {
      verdict: "fails",
      because:
        "on a shared queue a task waits microseconds for the last free worker and half a hold for none: the ratio jumps by orders of magnitude, as the delay itself does",
    },
    experiment,
    evidence: { notebook, cell: "introspection-tasks" },
    margin: "Sched:Busy of the probes at K = W over K = W − 1, run queue, within 1.5 to 2.5",
    needs: "run-queue, parked holds, K = W − 1 and K = W",
    judge: (data) => within(factor(data, "run-queue", "Sched:Busy"), 1.5, 2.5),
  },
  {
    id: "introspection-main-thread-blind",
    statement:
      "When the last worker is held, p99 of the main thread's event-loop delay at most doubles, on both shared queues.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "the main thread only hands work out; its own event loop turns freely while the workers are held",
    },
    experiment,
    evidence: { notebook, cell: "introspection-verdicts" },
    margin:
      "p99 of the main thread's event-loop delay at K = W over K = W − 1, at most 2 on run queue and piscina",
    needs: "run-queue and piscina, parked holds, K = W − 1 and K = W",
    judge: (data) =>
      onEach(["run-queue", "piscina"], (executor) =>
        atMost(factor(data, executor, "event-loop delay, main thread"), 2),
      ),
  },
  {
    id: "introspection-utilisation-accuses",
    statement:
      "Where idle workers wait in Atomics.wait, event-loop utilisation shows them as used nine tenths of the time or more.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "a thread that parks inside a callback never returns to its event loop, so the loop never counts as idle",
    },
    experiment,
    evidence: { notebook, cell: "introspection-verdicts" },
    margin:
      "event-loop utilisation of the idlest worker without blockers, at least 0.9 on run queue and piscina",
    needs: "run-queue and piscina with atomics sync, no blockers",
    judge: (data) =>
      onEach(["run-queue", "piscina"], (executor) => atLeast(idleUtilization(data, executor), 0.9)),
  },
  {
    id: "introspection-wait-time-sees",
    statement:
      "When the last worker is held, p99 of Piscina's wait-time histogram grows fivefold or more, where every poll is a task of the pool.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "the time a poll waits in Piscina's queue is the scheduling delay itself",
    },
    experiment,
    evidence: { notebook, cell: "introspection-verdicts" },
    margin: "p99 of waitTime at K = W over K = W − 1 on piscina, at least 5",
    needs: "piscina, parked holds, K = W − 1 and K = W",
    judge: (data) => atLeast(factor(data, "piscina", "waitTime p99"), 5),
  },
  {
    id: "introspection-cpu-tells-parked",
    statement:
      "The CPU time of a worker's thread is at most a quarter of a parked hold and at least half of a computing one.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "a parked thread is held and uses no core; event-loop utilisation counts both alike",
    },
    experiment,
    evidence: { notebook, cell: "introspection-workers" },
    margin: "CPU time over held time at K = W: parked at most 0.25, computing at least 0.5",
    needs: "every executor, parked and computing holds, K = W",
    judge: (data) =>
      allOf({
        parked: atMost(holdCpuShare(data, "parked"), 0.25),
        computing: atLeast(holdCpuShare(data, "computing"), 0.5),
      }),
  },
];

type ExecutorName = IntrospectionScenario["executor"];

function instrument(name: InstrumentName): Instrument {
  return instruments.find((each) => each.name === name) as Instrument;
}

function factor(data: IntrospectionData, executor: ExecutorName, name: InstrumentName): Estimate {
  const workers = mainWorkers(data);
  const at = (blockers: number) =>
    watchedRuns(data, { executor, atomics: "sync", hold: "parked", workers, blockers });
  const of = instrument(name);
  return readingFactor(of, of.read, at(workers - 1), at(workers));
}

function idleUtilization(data: IntrospectionData, executor: ExecutorName): Estimate {
  const { read } = instrument("event-loop utilisation, workers");
  const idle = { executor, atomics: "sync", hold: "parked", blockers: 0 } as const;
  const readings = watchedRuns(data, { ...idle, workers: mainWorkers(data) })
    .map(read)
    .filter((value) => value !== null);
  return meanOf(readings.map((value) => Float64Array.of(value)));
}

function onEach(executors: readonly ExecutorName[], judge: (executor: ExecutorName) => Judgement): Judgement {
  return allOf(Object.fromEntries(executors.map((executor) => [executor, judge(executor)])));
}
