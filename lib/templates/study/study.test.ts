import { expect, test } from "vitest";
import { datasetOf } from "../../test/summary/dataset-of.ts";
import { templateStudyWaits } from "./analysis.ts";
import { templateStudyClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { templateStudyFigure } from "./figures.ts";
import { type heldWorkers, runTemplateStudy } from "./run.ts";
import { templateStudyValues } from "./values.ts";

type Held = keyof typeof heldWorkers;

/** Sixty probes of each of ten runs at each level: 1.00, 1.01 … 1.59 times the given milliseconds. */
function measured(delayMs: Partial<Record<Held, number>>) {
  return datasetOf(
    experiment(),
    (Object.keys(delayMs) as Held[]).flatMap((held, place) =>
      Array.from({ length: 600 }, (_, i) => ({
        run: 10 * place + Math.floor(i / 60),
        block: 1,
        part: "base",
        held,
        dueNs: 0,
        dispatchNs: 0,
        delayNs: Math.round((delayMs[held] ?? 0) * (1 + (i % 60) / 100) * 1e6),
      })),
    ),
  );
}

const verdicts = (delayMs: Partial<Record<Held, number>>) =>
  templateStudyClaims.map(({ judge }) => judge(measured(delayMs)).verdict);

test("a run has every probe that the design asked for, begun after it was handed over", async () => {
  const { samples, lostSamples } = await runTemplateStudy({ held: "all" }, 1);
  expect(lostSamples).toBe(0);
  expect(samples.delayNs).toHaveLength(60);
  expect([...samples.delayNs].every((ns, row) => ns >= Number(samples.dispatchNs[row]))).toBe(true);
});

test("claims hold on what they predict, fail on its contrary, and need their control", () => {
  expect(verdicts({ none: 1, one: 1, all: 40 })).toEqual(["holds", "holds"]);
  expect(verdicts({ none: 1, one: 40, all: 1 })).toEqual(["fails", "fails"]);
  expect(verdicts({ all: 40 })).toEqual(["not testable here", "not testable here"]);
});

test("values are named by level, and null where it was not measured", () => {
  const data = measured({ none: 1 });
  const values = templateStudyValues(data, templateStudyWaits(data));
  expect(values).toMatchObject({ runs: 10, waitOneMs: null, waitAllMs: null });
  expect(values["waitNoneMs"]).toBeCloseTo(1.56, 1);
});

test("the figure has one mark a level, however few were measured", () => {
  const marks = (delayMs: Partial<Record<Held, number>>) => {
    const [series] = templateStudyFigure(templateStudyWaits(measured(delayMs))).data;
    return (series as { y: readonly (number | null)[] }).y.length;
  };
  expect([marks({ none: 1, one: 1, all: 40 }), marks({ all: 40 }), marks({})]).toEqual([3, 1, 0]);
});
