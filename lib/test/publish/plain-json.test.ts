import fc from "fast-check";
import { expect, test } from "vitest";
import { plainJson } from "../../src/publish/plain-json.ts";

test("keys are sorted, undefined is left out, numbers are rounded unless whole", () => {
  const spelled = JSON.stringify(plainJson({ b: 1234567, a: 1.23456789, c: undefined, d: -0 }));
  expect(spelled).toBe('{"a":1.23457,"b":1234567,"d":0}');
});

test("typed arrays, dates and 64-bit integers become plain; what is not a number becomes null", () => {
  expect(plainJson(Float64Array.of(1.5, Number.NaN, Number.POSITIVE_INFINITY))).toEqual([1.5, null, null]);
  expect(plainJson({ at: new Date(0), n: 5n, gap: [undefined, 1] })).toEqual({
    at: "1970-01-01T00:00:00.000Z",
    n: 5,
    gap: [null, 1],
  });
});

test("what JSON cannot carry is refused with its place", () => {
  expect(() => plainJson({ data: [{ f: () => 1 }] }, 6, "fig-a")).toThrow(
    "fig-a.data[0].f must be plain data; got a function",
  );
  expect(() => plainJson(2n ** 60n)).toThrow("value must fit 53 bits");
});

test("plain JSON is its own plain form", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const once = plainJson(value);
      expect(plainJson(once)).toEqual(once);
      expect(JSON.parse(JSON.stringify(once))).toEqual(once);
    }),
  );
});
