import { expect, test } from "vitest";
import { formatValue, type Value } from "../../../src/publish/article/format-value.ts";

test.each<[Value, string, string]>([
  [1234.567, ".2f", "1234.57"],
  [1234.567, ",.1f", "1,234.6"],
  [1234567, ",.0f", "1,234,567"],
  [1234.567, ".3g", "1230"],
  [0.0012345, ".2g", "0.0012"],
  [99.96, ".3g", "100"],
  [9.996, ".3g", "10.0"],
  [0, ".3g", "0.00"],
  [0.12345, ".1%", "12.3\u00a0%"],
  [41.23, ".1f ms", "41.2\u00a0ms"],
  [107.3, ".0f×", "107×"],
  [107.3, ".0f-fold", "107-fold"],
  [-0.25, ".1f", "\u22120.3"],
  [-0.04, ".1f", "0.0"],
  [-1234.5, ",.0f", "\u22121,235"],
  [30, "", "30"],
  [-3, "", "\u22123"],
  ["26.10.0", "", "26.10.0"],
  [true, "", "yes"],
  [null, ".1f ms", "n/a"],
])("prints %s with format %j as %s", (value, format, text) => {
  expect(formatValue(value, format)).toBe(text);
});

test.each<[Value, string, string]>([
  [1.5, "2f", 'format must be empty or like ".2f", ",.0f", ".3g ms", ".1%"; got "2f"'],
  [1.5, ".2fms", 'format must be empty or like ".2f", ",.0f", ".3g ms", ".1%"; got ".2fms"'],
  [1.5, "", "format of 1.5 must be given, such as .2f"],
  ["4.2", ".1f", 'format must be empty unless the value is a number; got ".1f" for "4.2"'],
  [Number.NaN, ".1f", "value must be finite; got NaN"],
  [1.5, ".0g", 'format ".0g" must ask for at least one significant digit'],
])("refuses %s with format %j", (value, format, message) => {
  expect(() => formatValue(value, format)).toThrow(new RangeError(message));
});
