import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, within } from "../../ledger/judge.ts";
import {
  type Estimate,
  factorOf,
  quantileOf,
  scaled,
  shareDifferenceOf,
  shareOf,
} from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { blockNs, delaysAt, failuresAt, type OtherPoolsData, type PoolLevels } from "./analysis.ts";
import type { OtherPoolsScenario } from "./run.ts";

const shown = {
  experiment: "other-pools",
  source: "this study",
  evidence: { notebook: "21-other-pools", cell: "other-pools-table" },
} as const;

type Pool = OtherPoolsScenario["pool"];

/** What is expected with one worker left, from how each pool hands out its tasks. */
const oneFree = [
  {
    pool: "tinypool",
    verdict: "holds",
    because: "its tasks wait in one queue, and a worker gets one only when it has none",
  },
  {
    pool: "workerpool",
    verdict: "holds",
    because: "its tasks wait in one queue, and go to a worker that is not busy",
  },
  {
    pool: "poolifier",
    verdict: "fails",
    because:
      "a task is sent when it is submitted: of two that come together one goes behind a block, and stays there",
  },
  {
    pool: "poolifier-queue",
    verdict: "fails",
    because:
      "tasks are queued for one worker each; another steals only when it goes idle, and looks again after pauses that grow",
  },
  {
    pool: "cluster",
    verdict: "fails",
    because: "a connection stays with the process that it was dealt to",
  },
] as const satisfies readonly { pool: Pool; verdict: "holds" | "fails"; because: string }[];

const queueing = ["tinypool", "workerpool"] as const;
const libraries = oneFree.map(({ pool }) => pool);

/** What a host's data can say about pools that this study did not make, and about other versions of Node. */
export const otherPoolsClaims: readonly Claim<OtherPoolsData>[] = [
  ...oneFree.map(
    ({ pool, verdict, because }): Claim<OtherPoolsData> => ({
      ...shown,
      id: `one-free-worker-${pool}`,
      statement: `One free worker is enough on ${pool}: p99 is a quarter of a block at most.`,
      expected: { verdict, because },
      margin: "p99 with W − 1 blockers, at most 0.25 blocks",
      needs: `${pool}, K = W − 1`,
      judge: (data) => atMost(inBlocks(data, { pool, load: mainWorkers(data) - 1 }), 0.25),
    }),
  ),
  ...queueing.map(
    (pool): Claim<OtherPoolsData> => ({
      ...shown,
      id: `last-worker-breaks-${pool}`,
      statement: `On ${pool} the last worker multiplies p99 by four or more.`,
      expected: { verdict: "holds", because: "nobody serves the queue before a block ends" },
      margin: "p99 with W blockers over p99 with W − 1, at least 4",
      needs: `${pool}, K = W − 1 and W`,
      judge: (data) => {
        const workers = mainWorkers(data);
        return atLeast(
          factorOf(
            delaysAt(data, { pool, load: workers }),
            delaysAt(data, { pool, load: workers - 1 }),
            0.99,
          ),
          4,
        );
      },
    }),
  ),
  {
    ...shown,
    id: "no-pool-survives-saturation",
    statement: "With every worker blocked, p99 on each of the five pools is half a block or more.",
    expected: { verdict: "holds", because: "no way of queueing serves a task without a worker" },
    margin: "p99 with W blockers, at least 0.5 blocks, on each of the five",
    needs: "every pool, K = W",
    judge: (data) => {
      const judged = (pool: Pool) => atLeast(inBlocks(data, { pool, load: mainWorkers(data) }), 0.5);
      return allOf(Object.fromEntries(libraries.map((pool) => [pool, judged(pool)])));
    },
  },
  {
    ...shown,
    id: "every-pool-collapses",
    statement: "With 30 clients at least half of the requests fail on every pool.",
    expected: {
      verdict: "holds",
      because: "the load is beyond the knee N* = W (D + Z) / D of any discipline",
    },
    margin: "failed requests with 30 clients, at least half, on each of the five",
    needs: "every pool, 30 clients",
    judge: (data) => {
      const judged = (pool: Pool) => atLeast(shareOf(...failuresAt(data, { pool, load: 30 })), 0.5);
      return allOf(Object.fromEntries(libraries.map((pool) => [pool, judged(pool)])));
    },
  },
  {
    ...shown,
    id: "committing-early-fails-earlier",
    statement:
      "With 15 clients, five in a hundred requests or more fail beyond those of Piscina on poolifier and cluster, which commit a task to a worker when it is submitted.",
    expected: { verdict: "holds", because: "a request behind a block fails though another worker is free" },
    margin: "failed requests less those on piscina, 15 clients, at least 0.05, on poolifier and on cluster",
    needs: "poolifier, cluster and piscina, 15 clients",
    judge: (data) => {
      const more = (pool: Pool) =>
        atLeast(
          shareDifferenceOf(
            failuresAt(data, { pool, load: 15 }),
            failuresAt(data, { pool: "piscina", load: 15 }),
          ),
          0.05,
        );
      return allOf({ poolifier: more("poolifier"), cluster: more("cluster") });
    },
  },
  {
    ...shown,
    id: "node-version-keeps-cliff",
    statement:
      "On Node 22 and 24, p99 on run-queue and piscina is a quarter of a block at most with one worker free, and half a block or more with none.",
    expected: { verdict: "holds", because: "queueing is our code and Piscina's, not the runtime's" },
    margin:
      "p99 with W − 1 blockers at most 0.25 blocks and with W at least 0.5, on run-queue and piscina, Node 22 and 24",
    needs: "run-queue and piscina on Node 22 and 24 (`make runtimes`), K = W − 1 and W",
    judge: (data) => {
      const workers = mainWorkers(data);
      const judged = (["run-queue", "piscina"] as const).flatMap((pool) =>
        (["22", "24"] as const).flatMap((node) => [
          [
            `${pool} on ${node}, W − 1`,
            atMost(inBlocks(data, { pool, node, load: workers - 1 }), 0.25),
          ] as const,
          [`${pool} on ${node}, W`, atLeast(inBlocks(data, { pool, node, load: workers }), 0.5)] as const,
        ]),
      );
      return allOf(Object.fromEntries(judged));
    },
  },
  {
    ...shown,
    id: "node-version-keeps-knee",
    statement:
      "With 15 clients the share of requests that fail on Node 22 and 24 is that on 26, to within ten percentage points.",
    expected: { verdict: "holds", because: "blocks of 50 ms decide, and they are as long on every version" },
    margin: "failed requests less those on Node 26, run-queue, 15 clients, from −0.1 to 0.1",
    needs: "run-queue on Node 22, 24 and 26 (`make runtimes`), 15 clients",
    judge: (data) => {
      const at = (node: OtherPoolsScenario["node"]) =>
        failuresAt(data, { pool: "run-queue", node, load: 15 });
      const judged = (node: "22" | "24") => within(shareDifferenceOf(at(node), at("26")), -0.1, 0.1);
      return allOf({ "Node 22": judged("22"), "Node 24": judged("24") });
    },
  },
];

function inBlocks(data: OtherPoolsData, levels: PoolLevels): Estimate {
  return scaled(quantileOf(delaysAt(data, levels), 0.99), 1 / blockNs);
}
