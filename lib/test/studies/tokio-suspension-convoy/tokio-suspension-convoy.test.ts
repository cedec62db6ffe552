import { describe, expect, test } from "vitest";
import type { Claim } from "../../../src/ledger/claim.ts";
import { seededRandom } from "../../../src/stats/random.ts";
import {
  type TokioSuspensionConvoyData,
  tokioSuspensionTimes,
} from "../../../src/studies/tokio-suspension-convoy/analysis.ts";
import { tokioSuspensionConvoyClaims } from "../../../src/studies/tokio-suspension-convoy/claims.ts";
import { experiment } from "../../../src/studies/tokio-suspension-convoy/experiment.ts";
import { coordinatorRows } from "../../../src/studies/tokio-suspension-convoy/run.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { answersTo } from "../../executor/tokio/answers.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

describe.each(answersTo("coordinator"))("the answer of Tokio %s", (_, answer) => {
  test("has every message, event and enrichment: 8, 4 · 3 + 4 · 1, and 8 / 4", async () => {
    const rows = coordinatorRows((await answer()).events);
    const count = (kind: string) => Array.from(rows.row).filter((row) => row === kind).length;
    expect([count("message"), count("event"), count("enrichment")]).toEqual([8, 16, 2]);
  });

  test("who sends while it holds the lock holds it at least as long as it sends; events have an age only", async () => {
    const rows = coordinatorRows((await answer()).events);
    Array.from(rows.row).forEach((kind, row) => {
      const [hold, send, latency] = (["holdNs", "sendNs", "latencyNs"] as const).map(
        (name) => rows[name][row],
      );
      if (kind === "message") expect(hold).toBeGreaterThanOrEqual(Number(send));
      if (kind === "event") expect([hold, send]).toEqual([null, null]);
      if (kind === "event") expect(latency).toBeGreaterThanOrEqual(1e6);
    });
  });
});

type Row = Partial<SampleOf<ReturnType<typeof experiment>>>;

interface Planted {
  readonly variant: "bad" | "good";
  readonly blockers: number;
  readonly holdMs: number;
  readonly ageMs: number;
}

/** Seven runs of 200 messages and 200 events a cell. */
function planted(cells: readonly Planted[]) {
  const random = seededRandom(5);
  return datasetOf(
    experiment(),
    cells.flatMap(({ variant, blockers, holdMs, ageMs }, cell) =>
      Array.from({ length: 1400 }, (_, i): Row[] => {
        const run = cell * 7 + (i % 7) + 1;
        const base = {
          part: "base",
          executor: "tokio",
          workers: 4,
          rearm: "yield",
          variant,
          blockers,
          run,
        } as const;
        const ns = (ms: number) => Math.round(ms * 1e6 * (1 + 0.1 * random()));
        return [
          { ...base, row: "message", holdNs: ns(holdMs), latencyNs: null },
          { ...base, row: "event", holdNs: null, latencyNs: ns(ageMs) },
        ];
      }).flat(),
    ),
  );
}

function verdict(id: string, cells: readonly Planted[]): string {
  const claim = tokioSuspensionConvoyClaims.find(
    (each) => each.id === id,
  ) as Claim<TokioSuspensionConvoyData>;
  return claim.judge(planted(cells)).verdict;
}

test("holds are those of messages, ages those of events", () => {
  const [row] = tokioSuspensionTimes(planted([{ variant: "bad", blockers: 0, holdMs: 2, ageMs: 100 }]));
  expect(row?.holdP50Ms).toBeCloseTo(2.1, 1);
  expect(row?.latencyP50Ms).toBeCloseTo(105, 0);
});

test("each claim can hold and can fail", () => {
  const cell = (variant: "bad" | "good", blockers: number, holdMs: number, ageMs = 100): Planted => {
    return { variant, blockers, holdMs, ageMs };
  };
  const longer = "tokio-suspension-lengthens-hold";
  expect(verdict(longer, [cell("bad", 0, 2), cell("good", 0, 0.01)])).toBe("holds");
  expect(verdict(longer, [cell("bad", 0, 2), cell("good", 0, 1)])).toBe("fails");
  const brief = "tokio-suspension-good-at-saturation";
  expect(verdict(brief, [cell("good", 4, 0.1)])).toBe("holds");
  expect(verdict(brief, [cell("good", 4, 40)])).toBe("fails");
  const late = "tokio-suspension-does-not-save-events";
  expect(verdict(late, [cell("bad", 4, 40, 4000), cell("good", 4, 0.1, 3900)])).toBe("holds");
  expect(verdict(late, [cell("bad", 4, 40, 4000), cell("good", 4, 0.1, 1000)])).toBe("fails");
});
