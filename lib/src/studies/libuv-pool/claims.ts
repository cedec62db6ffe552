import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, within } from "../../ledger/judge.ts";
import { factorOf, quantileOf, scaled } from "../../summary/estimate.ts";
import { type LibuvCorner, type LibuvData, operationWaits, waitLaw } from "./analysis.ts";

const notebook = "13-libuv-pool";
const experiment = "libuv-pool";

/** Node's default, and half of it. */
const threads = 4;
const slow = threads / 2;

/** What a host's data can say about the thread pool behind Node's own asynchronous calls. */
export const libuvPoolClaims: readonly Claim<LibuvData>[] = [
  {
    id: "libuv-cliff-at-pool-size",
    statement:
      "The median of fs.stat grows tenfold or more where foreign calls hold the last of libuv's four threads; p99 stays below a quarter of a block while one is free.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "libuv's pool is a shared queue in front of a fixed number of threads",
    },
    experiment,
    evidence: { notebook, cell: "libuv-waits" },
    margin: "median of fs.stat: at K = W over K = W − 1 at least 10; p99 at K = W − 1 at most 0.25 blocks",
    needs: "foreign calls on 4 threads, 3 and 4 blockers",
    judge: (data) => {
      const [below, at] = [threads - 1, threads].map((blockers) => stats(data, { blockers }));
      return allOf({
        "median at K = W": atLeast(factorOf(at ?? [], below ?? [], 0.5), 10),
        "p99 at K = W − 1": atMost(inBlocks(quantileOf(below ?? [], 0.99)), 0.25),
      });
    },
  },
  {
    id: "libuv-second-cliff",
    statement:
      "The median of dns.lookup grows tenfold or more where slow lookups take half of the pool; that of fs.stat at most threefold, also where they are as many as threads.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "libuv runs at most ⌈W / 2⌉ requests of the kind slow I/O at once, and lookups are of that kind",
    },
    experiment,
    evidence: { notebook, cell: "libuv-waits" },
    margin:
      "median of dns.lookup at K = W / 2 over K = W / 2 − 1, at least 10; median of fs.stat at K = W over K = W / 2 − 1, at most 3",
    needs: "slow lookups on 4 threads, 1, 2 and 4 blockers",
    judge: (data) => {
      const at = (blockers: number, operation: LibuvCorner["operation"]) =>
        operationWaits(data, { threads, blocking: "slow-lookup", blockers, operation });
      return allOf({
        "dns.lookup": atLeast(factorOf(at(slow, "dns.lookup"), at(slow - 1, "dns.lookup"), 0.5), 10),
        "fs.stat": atMost(factorOf(at(threads, "fs.stat"), at(slow - 1, "fs.stat"), 0.5), 3),
      });
    },
  },
  {
    id: "libuv-wait-law",
    statement:
      "Two blockers above saturation, the median wait for libuv's pool is 0.6 to 1 times (K − W + 1)·B / W.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "the law is the longest wait of the first block and the mean is half a step shorter: 5/6 of it at K = W + 2",
    },
    experiment,
    evidence: { notebook, cell: "libuv-waits" },
    margin: "median of fs.stat at K = W + 2 over the law, from 0.6 to 1",
    needs: "foreign calls on 4 threads, 6 blockers",
    judge: (data) => {
      const blockers = threads + 2;
      const lawNs = waitLaw({ ...foreign, blockers }) * 1e6;
      return within(scaled(quantileOf(stats(data, { blockers }), 0.5), 1 / lawNs), 0.6, 1);
    },
  },
  {
    id: "libuv-lookups-fall-behind",
    statement:
      "Behind foreign calls that hold the pool, the median lookup waits twice as long as fs.stat or longer.",
    source: "this study",
    expected: {
      verdict: "holds",
      because:
        "lookups that wait have one place in the common queue among them, and each goes back to its tail: with 500 a second, one a turn is too slow",
    },
    experiment,
    evidence: { notebook, cell: "libuv-waits" },
    margin: "median of dns.lookup over median of fs.stat at K = W + 2, at least 2",
    needs: "foreign calls on 4 threads, 6 blockers",
    judge: (data) => {
      const at = { ...foreign, blockers: threads + 2 };
      const lookups = operationWaits(data, { ...at, operation: "dns.lookup" });
      return atLeast(factorOf(lookups, stats(data, at), 0.5), 2);
    },
  },
];

const foreign = { threads, blocking: "foreign-call", operation: "fs.stat" } as const;

function stats(data: LibuvData, { blockers }: { readonly blockers: number }) {
  return operationWaits(data, { ...foreign, blockers });
}

function inBlocks(estimate: ReturnType<typeof quantileOf>) {
  return scaled(estimate, 1 / 50e6);
}
