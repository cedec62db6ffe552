import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, within } from "../../ledger/judge.ts";
import { factorOf, meanFactorOf } from "../../summary/estimate.ts";
import { delaysUnder, type RemediesData, type RemedyCell, throughputUnder } from "./analysis.ts";

const notebook = "12-remedies";
const experiment = "remedies";
const patient = "three callers a worker on two workers, jobs of 50 ms";

/** What a host's data can say about remedies for blocking work. */
export const remediesClaims: readonly Claim<RemediesData>[] = [
  {
    id: "isolation-frees-the-victims",
    statement:
      "Blocking work on a pool of its own shortens p99 of the others fivefold or more, whether it sleeps, reads, calls out or computes.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because:
        "the probes' workers are free; where the work computes, cores remain contended, but a core is shared in slices",
    },
    experiment,
    evidence: { notebook, cell: "remedies-effects" },
    margin: "p99 of probes as is over isolated, at least 5, for each kind of work",
    needs: patient,
    judge: (data) => {
      const relieved = (job: RemedyCell["job"]) => atLeast(relief(data, job, "isolated", 0.99), 5);
      const jobs = ["sleep", "read", "foreign-call", "compute"] as const;
      return allOf(Object.fromEntries(jobs.map((job) => [job, relieved(job)])));
    },
  },
  {
    id: "async-only-moves-the-cliff",
    statement:
      "The asynchronous equivalent of a read or of a foreign call makes fs.stat wait twenty times as long or longer; that of a sleep at most twice.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "a timer needs no thread, while fs and FFI hold one of libuv's four: six callers fill them",
    },
    experiment,
    evidence: { notebook, cell: "remedies-effects" },
    margin: "median of fs.stat, async over as is: at least 20 for read and foreign-call, at most 2 for sleep",
    needs: patient,
    judge: (data) =>
      allOf({
        read: atLeast(statGrowth(data, "read"), 20),
        "foreign-call": atLeast(statGrowth(data, "foreign-call"), 20),
        sleep: atMost(statGrowth(data, "sleep"), 2),
      }),
  },
  {
    id: "await-in-task-frees-nothing",
    statement:
      "Awaiting inside a pool's task changes the median of the others by less than a quarter: the task keeps its place while it waits.",
    source: "this study",
    expected: { verdict: "holds", because: "the pool counts tasks, not threads, and gives each worker one" },
    experiment,
    evidence: { notebook, cell: "remedies-effects" },
    margin: "median of probes as is over awaited in the task, from 0.8 to 1.25",
    needs: patient,
    judge: (data) => within(relief(data, "sleep", "await-in-task", 0.5), 0.8, 1.25),
  },
  {
    id: "chunking-cures-computing",
    statement:
      "Yields between ten pieces of a computation shorten p99 of the others fourfold or more; yields around a single read by a third at most.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "the wait goes down with the longest poll, and a read that waits for its data is one poll",
    },
    experiment,
    evidence: { notebook, cell: "remedies-effects" },
    margin: "p99 of probes as is over chunked: at least 4 for compute, at most 1.5 for read",
    needs: patient,
    judge: (data) =>
      allOf({
        compute: atLeast(relief(data, "compute", "chunked", 0.99), 4),
        read: atMost(relief(data, "read", "chunked", 0.99), 1.5),
      }),
  },
  {
    id: "chunking-does-nothing-for-a-sleep",
    statement: "Cutting a sleep into ten shortens p99 of the others by a third at most.",
    source: "this study",
    expected: {
      verdict: "fails",
      because:
        "who can cut a sleep gives its worker back ten times as often, as with a computation; what cannot be cut is a call",
    },
    experiment,
    evidence: { notebook, cell: "remedies-effects" },
    margin: "p99 of probes as is over chunked, at most 1.5",
    needs: patient,
    judge: (data) => atMost(relief(data, "sleep", "chunked", 0.99), 1.5),
  },
  {
    id: "admission-trades-throughput",
    statement:
      "Admitting one job less than there are workers, of two, shortens p99 of the others fivefold or more and leaves 0.4 to 0.65 of the jobs a second.",
    source: "this study",
    expected: { verdict: "holds", because: "one of two workers stays out of reach of the blocking work" },
    experiment,
    evidence: { notebook, cell: "remedies-effects" },
    margin:
      "p99 of probes as is over admission at least 5; jobs a second, admission over as is, from 0.4 to 0.65",
    needs: patient,
    judge: (data) =>
      allOf({
        probes: atLeast(relief(data, "sleep", "admission", 0.99), 5),
        "jobs a second": within(gain(data, "patient", "admission"), 0.4, 0.65),
      }),
  },
  {
    id: "abort-must-come-in-time",
    statement:
      "In overload, withdrawing queued work that can no longer end in time raises what is done in time by half or more; withdrawing it at its deadline by two fifths at most.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "a queue cut at the deadline serves the job that is about to miss it, first in, first out",
    },
    experiment,
    evidence: { notebook, cell: "remedies-effects" },
    margin: "jobs in time a second over as is: abort in time at least 1.5, abort at the deadline at most 1.4",
    needs: "jobs that sleep, at 1.5 times what the workers can do, deadline 3 jobs long",
    judge: (data) =>
      allOf({
        "abort in time": atLeast(gain(data, "hurried", "abort-in-time"), 1.5),
        "abort at the deadline": atMost(gain(data, "hurried", "abort-at-deadline"), 1.4),
      }),
  },
];

/** By which factor a remedy shortens the probes' delay. */
function relief(data: RemediesData, job: RemedyCell["job"], remedy: RemedyCell["remedy"], p: number) {
  const at = (name: RemedyCell["remedy"]) =>
    delaysUnder(data, { job, remedy: name, callers: "patient" }, "probe");
  return factorOf(at("as-is"), at(remedy), p);
}

function statGrowth(data: RemediesData, job: RemedyCell["job"]) {
  const at = (remedy: RemedyCell["remedy"]) => delaysUnder(data, { job, remedy, callers: "patient" }, "stat");
  return factorOf(at("async"), at("as-is"), 0.5);
}

function gain(data: RemediesData, callers: RemedyCell["callers"], remedy: RemedyCell["remedy"]) {
  const at = (name: RemedyCell["remedy"]) => throughputUnder(data, { job: "sleep", remedy: name, callers });
  return meanFactorOf(at(remedy), at("as-is"));
}
