import { expect, test } from "vitest";
import { runsSchema } from "../../src/tables/runs-schema.ts";

const typeOf = (levels: readonly (string | number)[]) =>
  runsSchema({
    name: "tiny",
    question: "",
    factors: { load: { unit: "", meaning: "load", levels } },
    response: {},
  })["load"]?.type;

test.each([
  [[0, 4, 2 ** 32 - 1], "uint32"],
  [[4.5, 5], "float64"],
  [[-1, 1], "float64"],
  [[2 ** 32], "float64"],
  [["few", "many"], "category"],
])("levels %j are stored as %s: every level that can be declared can be written", (levels, type) => {
  expect(typeOf(levels)).toBe(type);
});
