import { expect, test } from "vitest";
import type { Claim } from "../../../src/ledger/claim.ts";
import { seededRandom } from "../../../src/stats/random.ts";
import { rearmDelays, rearmTable, type TokioDelayData } from "../../../src/studies/tokio-delay/analysis.ts";
import { tokioDelayClaims } from "../../../src/studies/tokio-delay/claims.ts";
import { experiment } from "../../../src/studies/tokio-delay/experiment.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

type Row = Partial<SampleOf<ReturnType<typeof experiment>>>;

interface Planted {
  readonly levels: Row;
  /** Overhead of one in twenty sleeps (ms); the others have 1 ms, or `bodyMs`. */
  readonly lateMs: number;
  readonly bodyMs?: number;
}

const base = { part: "base", source: "probe", workers: 4, span: "five", probes: 50, blockers: 0 } as const;
const tokio = { executor: "tokio", lifoSlot: "on" } as const;

/** Makes ten runs of 500 sleeps for each of the cells. */
function planted(cells: readonly Planted[]): TokioDelayData {
  const random = seededRandom(3);
  return datasetOf(
    experiment(),
    cells.flatMap(({ levels, lateMs, bodyMs = 1 }, cell) =>
      Array.from({ length: 10 }, (_, run) => run).flatMap((run) =>
        Array.from({ length: 500 }, (_, sleep): Row => {
          const ms = sleep % 20 === 0 ? lateMs : bodyMs;
          const overheadUs = Math.round(1000 * ms * (1 + 0.05 * random()));
          return { ...base, ...levels, run: cell * 10 + run + 1, overheadUs };
        }),
      ),
    ),
  );
}

function verdict(id: string, cells: readonly Planted[]): string {
  return judged(id, cells).verdict;
}

function judged(id: string, cells: readonly Planted[]) {
  return (tokioDelayClaims.find((claim) => claim.id === id) as Claim<TokioDelayData>).judge(planted(cells));
}

test("sleeps that are late by 40 ms have a p99 of some 0.8 blocks, and a median of 1 ms", () => {
  const [row] = rearmDelays(planted([{ levels: { ...tokio, rearm: "yield" }, lateMs: 40 }]));
  expect(row).toMatchObject({ executor: "tokio", rearm: "yield", blockers: 0, runs: 10 });
  expect(row?.p50Ms).toBeCloseTo(1.025, 2);
  expect(row?.p99Blocks).toBeGreaterThan(0.8);
  expect(row?.p99Blocks).toBeLessThan(0.85);
});

test("the table has one row a way of coming back; what was not measured is missing", () => {
  const delays = rearmDelays(
    planted([
      { levels: { ...tokio, rearm: "yield" }, lateMs: 2 },
      { levels: { ...tokio, rearm: "yield", blockers: 4 }, lateMs: 90, bodyMs: 5 },
      { levels: { ...tokio, lifoSlot: "off", rearm: "sleep-5", blockers: 1 }, lateMs: 3 },
    ]),
  );
  const rows = rearmTable(delays, 4);
  expect(rows).toHaveLength(2);
  const yielding = rows.find((row) => row.system === "Tokio");
  const sleeping = rows.find((row) => row.system === "Tokio, no slot");
  expect(yielding).toMatchObject({ "between blocks": "yield", "p99 at K = 1": null });
  expect(yielding?.["p99 at K = W"]).toMatch(/^1\.8\d \(1\.8\d to 1\.8\d\)$/);
  expect(yielding?.["p50 at K = 0 (ms)"]).toMatch(/^1\.0\d$/);
  expect(yielding?.["p50 at K = W (ms)"]).toMatch(/^5\.1\d$/);
  expect(sleeping).toMatchObject({
    system: "Tokio, no slot",
    "p99 at K = W": null,
    "p50 at K = 0 (ms)": null,
  });
});

test("whether one free worker is enough is asked of each way in which blockers come back", () => {
  const yielding = (lateMs: number): Planted => ({
    levels: { ...tokio, rearm: "yield", blockers: 3 },
    lateMs,
  });
  expect(verdict("tokio-one-free-worker-yield", [yielding(2)])).toBe("holds");
  expect(verdict("tokio-one-free-worker-yield", [yielding(45)])).toBe("fails");
  const sleeping = (lateMs: number): Planted[] =>
    (["sleep-1", "sleep-5", "sleep-10"] as const).map((rearm) => ({
      levels: { ...tokio, rearm, blockers: 1 },
      lateMs,
    }));
  expect(verdict("tokio-one-free-worker-sleep", sleeping(2))).toBe("holds");
  expect(verdict("tokio-one-free-worker-sleep", sleeping(45))).toBe("fails");
  const onQueue = (lateMs: number): Planted[] =>
    (["contiguous", "yield", "sleep-1", "sleep-5", "sleep-10"] as const).map((rearm) => ({
      levels: { executor: "run-queue", lifoSlot: "none", rearm, blockers: 3 },
      lateMs: rearm === "sleep-10" ? lateMs : 2,
    }));
  expect(verdict("rearming-does-not-matter-run-queue", onQueue(3))).toBe("holds");
  expect(verdict("rearming-does-not-matter-run-queue", onQueue(45))).toBe("fails");
});

test("the slot is to blame where the tail goes with it, and only there", () => {
  const beside = (lifoSlot: "on" | "off", lateMs: number): Planted => ({
    levels: { executor: "tokio", lifoSlot, rearm: "sleep-5", blockers: 1 },
    lateMs,
  });
  expect(verdict("tokio-slot-strands-timers", [beside("on", 45), beside("off", 3)])).toBe("holds");
  expect(verdict("tokio-slot-strands-timers", [beside("on", 45), beside("off", 44)])).toBe("fails");
  const many = (lifoSlot: "on" | "off", lateMs: number): Planted => ({
    levels: { executor: "tokio", lifoSlot, probes: 500, rearm: "yield", blockers: 4 },
    lateMs,
  });
  expect(verdict("tokio-height-from-slot", [many("on", 150), many("off", 100)])).toBe("holds");
  expect(verdict("tokio-height-from-slot", [many("on", 150), many("off", 148)])).toBe("fails");
  expect(verdict("tokio-published-height", [many("on", 150)])).toBe("holds");
  expect(verdict("tokio-published-height", [many("on", 60)])).toBe("fails");
});

test("what is said of three free workers of four is not testable by a pool of eight", () => {
  const beside = (lifoSlot: "on" | "off", lateMs: number): Planted[] =>
    (["sleep-1", "sleep-5", "sleep-10"] as const).map((rearm) => ({
      levels: { executor: "tokio", lifoSlot, workers: 8, rearm, blockers: 1 },
      lateMs,
    }));
  const untestable = { verdict: "not testable here", reason: "no pool of 4 workers was measured" };
  expect(judged("tokio-one-free-worker-sleep", beside("on", 45))).toMatchObject(untestable);
  expect(judged("tokio-slot-strands-timers", [...beside("on", 45), ...beside("off", 3)])).toMatchObject(
    untestable,
  );
});

test("the height is the hold only if yields lower it and one block does not", () => {
  const at = (rearm: "yield" | "contiguous", lateMs: number): Planted => ({
    levels: { ...tokio, rearm, blockers: 4 },
    lateMs,
  });
  expect(verdict("tokio-height-is-the-hold", [at("yield", 90), at("contiguous", 238)])).toBe("holds");
  expect(verdict("tokio-height-is-the-hold", [at("yield", 140), at("contiguous", 238)])).toBe("fails");
  expect(verdict("tokio-height-is-the-hold", [at("yield", 90), at("contiguous", 140)])).toBe("fails");
});

test("the median is blind if endless blocks do not move it", () => {
  const free: Planted = { levels: { ...tokio, rearm: "yield" }, lateMs: 2 };
  const blocked = (bodyMs: number): Planted => ({
    levels: { ...tokio, rearm: "yield", span: "sustained", blockers: 4 },
    lateMs: 45,
    bodyMs,
  });
  expect(verdict("tokio-median-blind", [free, blocked(1.2)])).toBe("holds");
  expect(verdict("tokio-median-blind", [free, blocked(40)])).toBe("fails");
});
