import { beforeEach, expect, test, vi } from "vitest";
import { selectDesign } from "../../src/cli/design-options.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { coins } from "../audit/small-data-set.ts";

const module = new URL("../audit/small-data-set.ts", import.meta.url);
const rest = { module, claims: [], figures: {} };
const workers = (levels: readonly number[]) => ({ workers: { unit: "1", meaning: "threads", levels } });
const declaring = (name: string, factorsAt: (counts: readonly number[]) => object) =>
  defineStudy({
    ...rest,
    name,
    experiment: (counts: readonly number[] = [2, 4]) => ({
      ...coins,
      name,
      factors: { ...coins.factors, ...factorsAt(counts) },
    }),
  });
/** One that takes the number, one that has its own and one that has none. */
const studies = [
  declaring("taking", workers),
  declaring("fixed", () => workers([2, 4])),
  declaring("without", () => ({})),
];
const select = (names: readonly string[], count?: string) =>
  selectDesign(
    names,
    { profile: "smoke", set: [], ...(count !== undefined && { workers: count }) },
    { studies, print() {} },
  );

let complained = "";
beforeEach(() => {
  complained = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    complained += String(text);
    return true;
  });
  return () => vi.restoreAllMocks();
});

test("a number of workers is for experiments that take one", () => {
  const [taking] = select(["taking"], "7");
  expect(taking?.experiment.factors["workers"]?.levels).toEqual([7]);
  for (const count of ["2", "4", "7"]) {
    expect(() => select(["taking", "fixed", "without"], count)).toThrow(
      "experiment takes no --workers: fixed, without; leave it out, or keep some levels with --set",
    );
  }
  expect(complained).toBe("");
});

test("among all, those that take none are told, and measured as they stand", () => {
  const selected = select(["all"], "7");
  expect(selected.map(({ experiment }) => experiment.factors["workers"]?.levels)).toEqual([
    [7],
    [2, 4],
    undefined,
  ]);
  expect(complained).toBe(
    "warning: experiment takes no --workers: fixed, without; each is measured as it stands\n",
  );
});

test("without a number nothing is told", () => {
  expect(select(["all"])).toHaveLength(3);
  expect(select(["fixed", "without"])).toHaveLength(2);
  expect(complained).toBe("");
});
