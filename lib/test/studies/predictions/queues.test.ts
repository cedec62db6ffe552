import { expect, test } from "vitest";
import { experiment as mutexConvoy } from "../../../src/studies/mutex-convoy/experiment.ts";
import { convoyPredictions, remedyPredictions } from "../../../src/studies/predictions/analysis/queues.ts";
import { predictionClaims } from "../../../src/studies/predictions/claims.ts";
import { experiment as remedies } from "../../../src/studies/remedies/experiment.ts";
import type { ExperimentDeclaration, SampleOf } from "../../../src/tables/experiment-declaration.ts";
import type { Dataset } from "../../../src/tables/load.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

const convoyDeclared = mutexConvoy([4]);
const remediesDeclared = remedies();
const runs = [0, 1, 2, 3, 4, 5, 6, 7];

/** Eight runs of 310 rounds with the lock, of which so many fail, give or take two. */
function convoy(failed: number) {
  const place = { executor: "run-queue", section: "yields", workload: "contention", lock: "fair" } as const;
  const rows = runs.flatMap((run): Partial<SampleOf<typeof convoyDeclared>>[] => {
    const late = Math.min(310, failed + (run % 3) - 1);
    const total = { ...place, run, tasks: 100, blockers: 4, workers: 4, part: "base", row: "total" };
    const of = (outcome: string, rounds: number) => ({
      ...total,
      role: "contender",
      outcome,
      rounds,
      spanUs: 2e6,
    });
    return [of("timed-out", late), of("completed", 310 - late)];
  });
  return datasetOf(convoyDeclared, rows);
}

/** Eight runs of 250 probes whose delays are spread evenly up to a little more than their p95 (ms). */
function cured(p95: Partial<Record<"as-is" | "chunked", number>>) {
  const rows = Object.entries(p95).flatMap(([remedy, ms]) =>
    runs.flatMap((run) =>
      Array.from({ length: 250 }, (_, i): Partial<SampleOf<typeof remediesDeclared>> => {
        const delayNs = ((i + 1) / 237.5) * ms * (1 + (run % 3) / 100) * 1e6;
        const place = { job: "sleep", callers: "patient", payloadKiB: 0, part: "base" } as const;
        return { ...place, remedy: remedy as "as-is", run, kind: "probe", outcome: null, dueNs: i, delayNs };
      }),
    ),
  );
  return datasetOf(remediesDeclared, rows);
}

function verdict(id: string, data: Dataset<ExperimentDeclaration>): string | undefined {
  const claim = predictionClaims.find((each) => each.id === id);
  return (claim as { judge(of: unknown): { verdict: string } } | undefined)?.judge(data).verdict;
}

test("the convoy is predicted from its design alone, and a rate that is not the predicted one contradicts it", () => {
  expect(convoyPredictions(convoy(304))).toMatchObject([{ tasks: 100, blockers: 4, runs: 8 }]);
  const [row] = convoyPredictions(convoy(304));
  expect(row?.modelShare).toBeGreaterThan(0.95);
  // Forty runs of this design deviate by 0.7 points: six have an error of 0.3.
  expect(row?.modelErrorShare).toBeGreaterThan(0.001);
  expect(row?.modelErrorShare).toBeLessThan(0.006);
  expect(verdict("predicted-convoy", convoy(304))).toBe("holds");
  expect(verdict("predicted-convoy", convoy(250))).toBe("fails");
});

test("so are remedies: as they are and in pieces, each by itself", () => {
  const [asIs, chunked] = remedyPredictions(cured({ "as-is": 150, chunked: 16 }));
  expect(asIs?.p95ModelMs).toBeCloseTo(147.5, 0);
  expect(chunked?.p95ModelMs).toBeCloseTo(14.75, 0);
  expect(verdict("predicted-remedies", cured({ "as-is": 150, chunked: 16 }))).toBe("holds");
  expect(verdict("predicted-remedies", cured({ "as-is": 150, chunked: 30 }))).toBe("fails");
  expect(verdict("predicted-remedies", cured({ "as-is": 80, chunked: 16 }))).toBe("fails");
  expect(verdict("predicted-remedies", cured({ "as-is": 150 }))).toBe("not testable here");
});
