import { describe, expect, test } from "vitest";
import type { Claim } from "../../../src/ledger/claim.ts";
import {
  type TokioMutexConvoyData,
  tokioConvoyFailures,
  tokioConvoyWaits,
} from "../../../src/studies/tokio-mutex-convoy/analysis.ts";
import { tokioMutexConvoyClaims } from "../../../src/studies/tokio-mutex-convoy/claims.ts";
import { experiment } from "../../../src/studies/tokio-mutex-convoy/experiment.ts";
import { roundRows } from "../../../src/studies/tokio-mutex-convoy/run.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { answersTo } from "../../executor/tokio/answers.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

describe.each(answersTo("rounds"))("the answer of Tokio %s", (_, answer) => {
  test("counts each of 12 rounds once, and keeps them whole", async () => {
    const rows = roundRows((await answer()).events);
    const kinds = Array.from(rows.row);
    const counted = Array.from(rows.rounds, Number).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(12);
    expect(kinds.filter((kind) => kind === "round")).toHaveLength(12);
  });

  test("a bystander has no lock times; a contender that has held the lock has all of them", async () => {
    const rows = roundRows((await answer()).events);
    const whole = Array.from(rows.row).flatMap((kind, row) => (kind === "round" ? [row] : []));
    const held = whole.filter((row) => rows.holdUs[row] !== null);
    expect(held.length).toBeGreaterThan(0);
    for (const row of held) {
      expect(rows.role[row]).toBe("contender");
      expect(rows.lockWaitUs[row]).toBeGreaterThanOrEqual(Number(rows.handOverUs[row]));
    }
    const bystanders = whole.filter((row) => rows.role[row] === "bystander");
    expect(bystanders.map((row) => rows.lockWaitUs[row])).toEqual(bystanders.map(() => null));
  });
});

type Row = Partial<SampleOf<ReturnType<typeof experiment>>>;

const base = { part: "base", workers: 4, row: "total", role: "contender", lockWaitUs: null, holdUs: null };
const place = { executor: "tokio", tasks: 500, blockers: 3, rearm: "yield" } as const;

/** Seven runs of 1000 rounds of contenders, of which so many time out. */
function runs(
  first: number,
  workload: "independent" | "contention",
  failed: number,
  levels: Row = place,
): Row[] {
  return Array.from({ length: 7 }, (_, replicate) => replicate + first).flatMap((run) => {
    const late = failed > 0 ? failed + (run % 3) : 0;
    const row = { ...base, ...levels, run, workload };
    return [
      ...(late > 0 ? [{ ...row, outcome: "timed-out", rounds: late }] : []),
      { ...row, outcome: "completed", rounds: 1000 - late },
    ];
  });
}

function verdict(id: string, rows: readonly Row[]): string {
  return (tokioMutexConvoyClaims.find((claim) => claim.id === id) as Claim<TokioMutexConvoyData>).judge(
    datasetOf(experiment(), rows),
  ).verdict;
}

test("a cell without time-outs failed at a rate of nothing", () => {
  const data = datasetOf(experiment(), [...runs(1, "independent", 0), ...runs(8, "contention", 399)]);
  const rows = tokioConvoyFailures(data);
  expect(rows.find((row) => row.workload === "independent")).toMatchObject({
    failureShare: 0,
    rounds: 7000,
  });
  expect(rows.find((row) => row.workload === "contention")?.failureShare).toBeCloseTo(0.4, 3);
});

test("waits and holds are medians of contenders' rounds; who never had the lock has no hold", () => {
  const rounds = Array.from({ length: 101 }, (_, i) => ({
    ...{
      ...base,
      ...place,
      row: "round",
      workload: "contention" as const,
      outcome: "completed",
      rounds: null,
      run: 1,
    },
    lockWaitUs: 1000 * i,
    holdUs: i < 41 ? null : 3000,
  }));
  const [row] = tokioConvoyWaits(datasetOf(experiment(), rounds));
  expect(row).toMatchObject({ lockWaitP50Ms: 50, holdP50Ms: 3 });
});

test("what the lock adds is judged against the same tasks without it", () => {
  const below = (added: number, rearm: "yield" | "sleep-5") => [
    ...runs(1, "independent", 100, { ...place, rearm }),
    ...runs(8, "contention", 100 + added, { ...place, rearm }),
  ];
  expect(verdict("tokio-convoy-below-saturation", below(200, "yield"))).toBe("holds");
  expect(verdict("tokio-convoy-below-saturation", below(-60, "yield"))).toBe("fails");
  expect(verdict("tokio-convoy-below-saturation", below(200, "sleep-5"))).toBe("not testable here");
  expect(verdict("tokio-convoy-of-sleepers", below(200, "sleep-5"))).toBe("holds");
  const at = { ...place, tasks: 100, blockers: 4 };
  const saturated = [...runs(1, "independent", 20, at), ...runs(8, "contention", 900, at)];
  expect(verdict("tokio-convoy-at-saturation-tokio", saturated)).toBe("holds");
  expect(verdict("tokio-convoy-at-saturation-run-queue", saturated)).toBe("not testable here");
});
