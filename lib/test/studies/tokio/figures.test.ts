import { expect, test } from "vitest";
import type { Figure } from "../../../src/drawing/figure.ts";
import { figureFile } from "../../../src/publish/figure-file.ts";
import type { DelayBesideTokio } from "../../../src/studies/tokio/analysis/delays.ts";
import type { FailureBesideTokio } from "../../../src/studies/tokio/analysis/failures.ts";
import { tokioFailureGaps, tokioMultiples } from "../../../src/studies/tokio/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";
import { interval, unmeasured } from "../../summary/interval.ts";

const between = (low: number, high: number) => [low, high] as const;
const point = { saturated: false, difference: "open", why: "–" } as const;

const delays: readonly DelayBesideTokio[] = (["run-queue", "pinned"] as const).flatMap((executor) =>
  (["p99 over its own floor", "p50 over its own floor"] as const).flatMap((quantity) =>
    [1, 2, 3, 4].map((blockers) => {
      const tail = quantity.startsWith("p99");
      const late = executor === "pinned" || blockers === 4;
      const ours = tail ? (late ? 60 : 1.2) : executor === "pinned" ? null : 1 + blockers / 4;
      return {
        ...point,
        experiment: "scheduling-delay",
        executor,
        quantity,
        at: `${blockers} of 4 workers blocked`,
        by: "ratio",
        tasks: 50,
        blockers,
        ...interval("ours", "", ours, between(1 / 1.1, 1.1)),
        ...interval("tokio", "", tail && blockers === 4 ? 35 : 1, between(1 / 1.05, 1.05)),
        ...unmeasured("apart", ""),
      };
    }),
  ),
);

const failures: readonly FailureBesideTokio[] = (["run-queue", "piscina"] as const).flatMap((executor, i) =>
  [3.75, 5, 7.5].map((clients) => {
    const apart = executor === "piscina" && clients === 5 ? null : 0.01 * clients * (i + 1);
    return {
      ...point,
      experiment: "request-timeouts",
      executor,
      quantity: "failure rate by clients",
      at: `${clients} clients a worker`,
      by: "points",
      level: clients,
      ...unmeasured("ours", ""),
      ...unmeasured("tokio", ""),
      ...interval("apart", "", apart, between(1 / 1.5, 1.5)),
    };
  }),
);

const figures: Readonly<Record<string, () => Figure>> = {
  "tokio-multiples": () => tokioMultiples(delays, 50),
  "tokio-failure-gaps": () => tokioFailureGaps(failures),
};

testFigures(figures);

test("a profile that measured nothing of it gives figures all the same", () => {
  expect(() => {
    figureFile(tokioMultiples([], 50));
    figureFile(tokioFailureGaps([]));
  }).not.toThrow();
});
