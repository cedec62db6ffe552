import { describe, expect, test } from "vitest";
import type { Claim } from "../../../src/ledger/claim.ts";
import {
  type TokioRequestsData,
  tokioRequestFailures,
} from "../../../src/studies/tokio-requests/analysis.ts";
import { tokioRequestsClaims } from "../../../src/studies/tokio-requests/claims.ts";
import { experiment } from "../../../src/studies/tokio-requests/experiment.ts";
import { requestRows } from "../../../src/studies/tokio-requests/run.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { answersTo } from "../../executor/tokio/answers.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

describe.each(answersTo("requests"))("the answer of Tokio %s", (_, answer) => {
  test("gives a row a request, those that block marked, and no time-out where there was time", async () => {
    const rows = requestRows((await answer()).events);
    const numbers = Array.from(rows.client, (client, row) => [client, rows.round[row]]);
    const clients = [0, 1, 2].flatMap((client) => [0, 1, 2, 3].map((round) => [client, round]));
    expect(numbers).toEqual([...clients, [3, 0], [3, 1]]);
    // Of the golden ratio's multiples, those of 0, 2, 5, 10 and 13 end below 0.3.
    const blocking = Array.from(rows.blocking).flatMap((yes, request) => (yes ? [request] : []));
    expect(blocking).toEqual([0, 2, 5, 10, 13]);
    expect(Array.from(rows.outcome).slice(0, 12)).toEqual(Array(12).fill("completed"));
    expect(Array.from(rows.polls).slice(0, 12)).toEqual(Array(12).fill(3));
  });

  test("a block under the timer counts against it: 5 ms of block leave no time of 4 ms", async () => {
    const rows = requestRows((await answer()).events);
    expect(rows.outcome[13]).toBe("timed-out");
    expect(rows.timedUs[13]).toBeGreaterThanOrEqual(5000);
  });
});

type Row = Partial<SampleOf<ReturnType<typeof experiment>>>;

const levels = { lifoSlot: "on", load: "closed-loop", placement: "before-deadline", clients: 20 } as const;

/** Ten runs of 200 requests each, of which so many fail. */
function requests(firstRun: number, failed: number, more: Row = {}): Row[] {
  return Array.from({ length: 10 }, (_, replicate) => replicate + firstRun).flatMap((run) =>
    Array.from({ length: 200 }, (_, request) => ({
      ...{ part: "base", executor: "tokio" as const, workers: 4, ...levels, ...more },
      run,
      polls: 10,
      // Runs differ a little, as real ones do.
      outcome: request < failed + (failed > 0 ? run % 3 : 0) ? "timed-out" : "completed",
    })),
  );
}

function judged(id: string, rows: readonly Row[]) {
  return (tokioRequestsClaims.find((claim) => claim.id === id) as Claim<TokioRequestsData>).judge(
    datasetOf(experiment(), rows),
  );
}

function verdict(id: string, rows: readonly Row[]): string {
  return judged(id, rows).verdict;
}

test("counts what failed in each cell, none where all completed", () => {
  const inside = { placement: "inside-deadline" } as const;
  const rows = tokioRequestFailures(
    datasetOf(experiment(), [...requests(1, 0), ...requests(11, 99, inside)]),
  );
  expect(rows).toHaveLength(2);
  expect(rows.find((row) => row.placement === "before-deadline")).toMatchObject({
    failureShare: 0,
    requests: 2000,
    runs: 10,
  });
  expect(rows.find((row) => row.placement === "inside-deadline")?.failureShare).toBeCloseTo(0.5, 2);
});

test("the published rates come again only if all three do", () => {
  const at = (of20: number, of30: number, of50: number) => [
    ...requests(1, of20),
    ...requests(11, of30, { clients: 30 }),
    ...requests(21, of50, { clients: 50 }),
  ];
  expect(verdict("tokio-published-knee", at(10, 75, 187))).toBe("holds");
  expect(verdict("tokio-published-knee", at(10, 150, 187))).toBe("fails");
  expect(verdict("tokio-published-knee", at(60, 75, 187))).toBe("fails");
});

test("the published rates are those of four workers, and not testable by a pool of eight", () => {
  const rows = [
    ...requests(1, 0),
    ...requests(11, 2, { clients: 30 }),
    ...requests(21, 60, { clients: 50 }),
  ].map((row) => ({ ...row, workers: 8 }));
  expect(judged("tokio-published-knee", rows)).toMatchObject({
    verdict: "not testable here",
    reason: "no pool of 4 workers was measured",
  });
});

test("placement, slot and loop each are judged against the same design without it", () => {
  const inside = { placement: "inside-deadline" } as const;
  expect(verdict("tokio-placement-moves-knee", [...requests(1, 8), ...requests(11, 70, inside)])).toBe(
    "holds",
  );
  expect(verdict("tokio-placement-moves-knee", [...requests(1, 8), ...requests(11, 9, inside)])).toBe(
    "fails",
  );
  const thirty = { clients: 30 };
  const off = { ...thirty, lifoSlot: "off" } as const;
  expect(verdict("tokio-slot-spares-requests", [...requests(1, 70, thirty), ...requests(11, 72, off)])).toBe(
    "holds",
  );
  expect(verdict("tokio-slot-spares-requests", [...requests(1, 70, thirty), ...requests(11, 120, off)])).toBe(
    "fails",
  );
  const ten = { clients: 10 };
  const open = { ...ten, load: "open-loop" } as const;
  expect(verdict("tokio-open-loop-fails-first", [...requests(1, 0, ten), ...requests(11, 150, open)])).toBe(
    "holds",
  );
  expect(verdict("tokio-open-loop-fails-first", [...requests(1, 0, ten), ...requests(11, 40, open)])).toBe(
    "fails",
  );
});
