import { from } from "arquero";
import { expect, test } from "vitest";
import type { Figure } from "../../../src/drawing/figure.ts";
import { figureFile } from "../../../src/publish/figure-file.ts";
import { tokioFailureGaps, tokioMultiples } from "../../../src/studies/tokio/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const around = (name: string, value: number | null, spread: number) => ({
  [name]: value,
  [`${name}Low`]: value === null ? null : value / spread,
  [`${name}High`]: value === null ? null : value * spread,
});

const delays = from(
  ["run-queue", "pinned"].flatMap((executor) =>
    ["p99 over its own floor", "p50 over its own floor"].flatMap((quantity) =>
      [1, 2, 3, 4].map((blockers) => {
        const tail = quantity.startsWith("p99");
        const late = executor === "pinned" || blockers === 4;
        const ours = tail ? (late ? 60 : 1.2) : executor === "pinned" ? null : 1 + blockers / 4;
        return {
          executor,
          quantity,
          tasks: 50,
          blockers,
          ...around("ours", ours, 1.1),
          ...around("tokio", tail && blockers === 4 ? 35 : 1, 1.05),
        };
      }),
    ),
  ),
);

const failures = from(
  ["run-queue", "piscina"].flatMap((executor, i) =>
    [3.75, 5, 7.5].map((clients) => ({
      executor,
      at: `${clients} clients a worker`,
      ...around("apart", executor === "piscina" && clients === 5 ? null : 0.01 * clients * (i + 1), 1.5),
    })),
  ),
);

const figures: Readonly<Record<string, () => Figure>> = {
  "tokio-multiples": () => tokioMultiples(delays, 50),
  "tokio-failure-gaps": () => tokioFailureGaps(failures),
};

testFigures(figures);

test("a profile that measured nothing of it gives figures all the same", () => {
  const none = from([] as object[]);
  expect(() => {
    figureFile(tokioMultiples(none, 50));
    figureFile(tokioFailureGaps(none));
  }).not.toThrow();
});
