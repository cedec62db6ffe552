import { describe, expect, test } from "vitest";
import type { Claim } from "../../../src/ledger/claim.ts";
import { figureFile } from "../../../src/publish/figure-file.ts";
import {
  type OtherPoolsData,
  poolDelays,
  poolFailures,
  poolTable,
} from "../../../src/studies/other-pools/analysis.ts";
import { otherPoolsClaims } from "../../../src/studies/other-pools/claims.ts";
import { experiment } from "../../../src/studies/other-pools/experiment.ts";
import { otherPoolsDelays } from "../../../src/studies/other-pools/figures.ts";
import { startPoolifier } from "../../../src/studies/other-pools/pools/poolifier.ts";
import { otherPools } from "../../../src/studies/other-pools/pools/pools.ts";
import { executorOn } from "../../../src/studies/other-pools/run-on-pool.ts";
import { otherPoolsValues } from "../../../src/studies/other-pools/values.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

describe.each(Object.entries(otherPools))("%s", (_, start) => {
  test("runs every poll of every task on some worker, in the order of its stamps", async () => {
    const probe = { program: "probe", parameters: { sleeps: 3, sleepMs: 1, phaseMs: 0 } } as const;
    const blocker = { program: "blocker", parameters: { blockMs: 2, blocks: 2, startMs: 0 } } as const;
    const { polls } = await executorOn(start)([probe, probe, blocker], 2);
    const rows = Array.from(polls.task.keys()).filter((row) => (polls.tag[row] as number) >= 0);
    const ofTask = (task: number) => rows.filter((row) => polls.task[row] === task).length;
    expect([0, 1, 2].map(ofTask)).toEqual([3, 3, 2]);
    for (const row of rows) {
      const sent = polls.enqueuedNs[row] as number;
      const [started, ended] = [polls.startedNs[row] as number, polls.endedNs[row] as number];
      expect([sent, started, ended]).toEqual([sent, started, ended].sort((a, b) => a - b));
      expect([0, 1]).toContain(polls.worker[row]);
    }
  });
});

type Row = Partial<SampleOf<ReturnType<typeof experiment>>>;

let nextRun = 0;

/** Ten runs of 200 sleeps around so many blocks, or of as many requests of which a share fails. */
function cell(levels: Row, value: number): Row[] {
  return Array.from({ length: 10 }, () => nextRun++).flatMap((run) =>
    Array.from({ length: 200 }, (_, i): Row => {
      const shared = { node: "26", workers: 4, part: "base", ...levels, run } as const;
      return levels.sweep === "requests"
        ? { ...shared, overheadNs: null, outcome: i < value * 200 + (run % 3) ? "timed-out" : "completed" }
        : {
            ...shared,
            sweep: "blockers",
            outcome: null,
            overheadNs: value * 50e6 * (1 + i / 2000 + (run % 7) / 500),
          };
    }),
  );
}

function verdict(id: string, rows: readonly Row[]): string {
  return (otherPoolsClaims.find((claim) => claim.id === id) as Claim<OtherPoolsData>).judge(
    datasetOf(experiment([4]), rows),
  ).verdict;
}

test("one free worker is enough where p99 stays small beside it, and not where it is a block", () => {
  expect(verdict("one-free-worker-tinypool", cell({ pool: "tinypool", load: 3 }, 0.05))).toBe("holds");
  expect(verdict("one-free-worker-tinypool", cell({ pool: "tinypool", load: 3 }, 0.9))).toBe("fails");
  expect(verdict("one-free-worker-poolifier", cell({ pool: "tinypool", load: 3 }, 0.9))).toBe(
    "not testable here",
  );
});

test("the last worker breaks a pool whose p99 it multiplies", () => {
  const below = cell({ pool: "workerpool", load: 3 }, 0.05);
  const id = "last-worker-breaks-workerpool";
  expect(verdict(id, [...below, ...cell({ pool: "workerpool", load: 4 }, 0.9)])).toBe("holds");
  expect(verdict(id, [...below, ...cell({ pool: "workerpool", load: 4 }, 0.06)])).toBe("fails");
});

const names = Object.keys(otherPools) as (keyof typeof otherPools)[];

test("saturation and collapse must show on every pool", () => {
  const at = (load: number, value: number, last: number, more: Row = {}) =>
    names.flatMap((pool, i) => cell({ pool, load, ...more }, i === names.length - 1 ? last : value));
  expect(verdict("no-pool-survives-saturation", at(4, 0.9, 0.8))).toBe("holds");
  expect(verdict("no-pool-survives-saturation", at(4, 0.9, 0.1))).toBe("fails");
  const requests = { sweep: "requests" } as const;
  expect(verdict("every-pool-collapses", at(30, 0.9, 0.8, requests))).toBe("holds");
  expect(verdict("every-pool-collapses", at(30, 0.9, 0.2, requests))).toBe("fails");
});

test("committing early costs requests where poolifier and cluster both fail more than Piscina", () => {
  const requests = { sweep: "requests", load: 15 } as const;
  const rows = (poolifier: number) => [
    ...cell({ ...requests, pool: "piscina" }, 0.05),
    ...cell({ ...requests, pool: "cluster" }, 0.4),
    ...cell({ ...requests, pool: "poolifier" }, poolifier),
  ];
  expect(verdict("committing-early-fails-earlier", rows(0.4))).toBe("holds");
  expect(verdict("committing-early-fails-earlier", rows(0.05))).toBe("fails");
});

test("a version of Node that moves the cliff or the knee contradicts that it does not, an absent one decides nothing", () => {
  const shared = ["run-queue", "piscina"] as const;
  const sweep = (below: number) =>
    shared.flatMap((pool) =>
      (["22", "24"] as const).flatMap((node) => [
        ...cell({ pool, node, load: 3 }, node === "22" ? below : 0.05),
        ...cell({ pool, node, load: 4 }, 0.9),
      ]),
    );
  expect(verdict("node-version-keeps-cliff", sweep(0.05))).toBe("holds");
  expect(verdict("node-version-keeps-cliff", sweep(0.9))).toBe("fails");
  const knee = (on22: number) =>
    (["22", "24", "26"] as const).flatMap((node) =>
      cell({ sweep: "requests", pool: "run-queue", node, load: 15 }, node === "22" ? on22 : 0.3),
    );
  expect(verdict("node-version-keeps-knee", knee(0.3))).toBe("holds");
  expect(verdict("node-version-keeps-knee", knee(0.6))).toBe("fails");
  expect(
    verdict("node-version-keeps-knee", cell({ sweep: "requests", pool: "run-queue", load: 15 }, 0.3)),
  ).toBe("not testable here");
});

test("table, values and figure show what was measured and leave the rest out", () => {
  const data = datasetOf(experiment([4]), [
    ...cell({ pool: "tinypool", load: 3 }, 0.5),
    ...cell({ pool: "tinypool", load: 15, sweep: "requests" }, 0.25),
  ]);
  const [delays, failures] = [poolDelays(data), poolFailures(data)];
  const [row] = poolTable(delays, failures, 4);
  expect(row).toMatchObject({ pool: "tinypool", Node: "26", "p99 at K = W": null });
  expect(row?.["p99 at K = W − 1"]).toMatch(/^0\.5\d+ \(/);
  const values = otherPoolsValues(data, delays, failures);
  expect(values["blocksBelowTinypool"]).toBeCloseTo(0.55, 1);
  expect(values["failed15TinypoolShare"]).toBeCloseTo(0.255, 2);
  expect(values).toMatchObject({ runs: 20, blocksAtCluster: null });
  const marks = (rows: typeof delays) => figureFile(otherPoolsDelays(rows, 4));
  expect(() => [marks(delays), marks([])]).not.toThrow();
});

test("a pool of poolifier ends, however soon its threads do", async () => {
  // Left to its own, about one in ten waits for ever.
  let ended = 0;
  for (; ended < 40; ended++) await (await startPoolifier(2, 0)).close();
  expect(ended).toBe(40);
});
