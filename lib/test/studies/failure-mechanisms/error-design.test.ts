import { expect, test } from "vitest";
import { DesignedErrors, type ErrorDesign } from "../../../src/studies/failure-mechanisms/error-design.ts";

const describeIn = (design: ErrorDesign) => {
  const errors = new DesignedErrors(design);
  errors.poolFailed(new Error("blocking call must not last; it took 50 ms"));
  return errors.run("operation", () => errors.describe(new Error("late")));
};

test("an error carries what its design gives it, and a plain one nothing", () => {
  const causes = (design: ErrorDesign) =>
    describeIn(design)
      .stack.split("\n")
      .filter((line) => line.startsWith("caused by"));
  expect(causes("plain")).toEqual([]);
  expect(causes("throwing blocker")).toEqual([]);
  expect(causes("cause chain")).toEqual(["caused by Error: blocking call must not last; it took 50 ms"]);
  expect(causes("async stacks")).toEqual(["caused by Error: began here"]);
  expect(causes("context")).toEqual(["caused by Error: in the context of operation"]);
  for (const design of ["plain", "cause chain", "context"] as const) {
    expect(describeIn(design).message).toBe("Error: late");
  }
});

test("blocking calls end in an error where their design says so", () => {
  const throwing = (["plain", "throwing blocker", "cause chain", "context"] as const).filter(
    (design) => new DesignedErrors(design).blockersThrow,
  );
  expect(throwing).toEqual(["throwing blocker", "cause chain"]);
});
