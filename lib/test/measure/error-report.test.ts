import { expect, test } from "vitest";
import { reportError } from "../../src/measure/error-report.ts";
import { projectRoot } from "../../src/measure/project-root.ts";

test("keeps what the error said and where, by paths within the project and without positions", () => {
  const error = new RangeError(`cannot read ${projectRoot}/data/table.arrow`);
  error.stack = `RangeError: cannot read
    at read (file://${projectRoot}/lib/dist/tables/read-table.js:12:7)
    at async Promise.all (index 3)
    at ${projectRoot}/node_modules/pg-pool/index.js:45:11
    at listOnTimeout (node:internal/timers:685:17)`;
  expect(reportError(error)).toEqual({
    message: "RangeError: cannot read data/table.arrow",
    stack: [
      "read (lib/src/tables/read-table.ts)",
      "async Promise.all (index)",
      "(anonymous) (node_modules/pg-pool/index.js)",
      "listOnTimeout (node:internal/timers)",
    ].join("\n"),
  });
});

test("reports what is thrown although it is no error", () => {
  expect(reportError("gone")).toEqual({ message: "gone", stack: "" });
});

test("holds no machine path in the report of an error of its own", () => {
  const { stack } = reportError(new Error("here"));
  expect(stack).toContain("lib/test/measure/error-report.test.ts");
  expect(stack).not.toContain(projectRoot);
});
