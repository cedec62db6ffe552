import { expect, test } from "vitest";
import { describeError } from "../../src/cli/exit-code.ts";
import { printable } from "../../src/cli/printable.ts";
import { textTable } from "../../src/cli/text-table.ts";
import { UsageError } from "../../src/measure/study-error.ts";

test("what a terminal would obey is spelt, lines and tabs stay", () => {
  expect(printable("a\u001b[31mb\u0007\r\u009b\u007f")).toBe("a\\u001b[31mb\\u0007\\u000d\\u009b\\u007f");
  expect(printable("one\n\ttwo — 10 µs ✓ 統")).toBe("one\n\ttwo — 10 µs ✓ 統");
  expect(printable("exe\u202etxt")).toBe("exe\\u202etxt");
});

test("a cell of a table cannot pass for further rows", () => {
  expect(textTable([["Processor", "Xeon\nCores  64"]])).toEqual(["Processor  Xeon\\u000aCores  64"]);
});

test("so are names in errors", () => {
  expect(describeError(new UsageError("folder is missing: \u001b]0;x\u0007"))).toBe(
    "error: folder is missing: \\u001b]0;x\\u0007",
  );
});
