import { expect, test } from "vitest";
import { valuesBundle } from "../../src/publish/hand-on.ts";

test("values are handed on as they are, whole numbers exactly", () => {
  const { data } = valuesBundle({ ratioP99: 82.5, samples: 123456789, holds: true, executor: "pinned" });
  expect(data["application/vnd.scheduling-safety.values+json"]).toEqual({
    executor: "pinned",
    holds: true,
    ratioP99: 82.5,
    samples: 123456789,
  });
  expect(data["text/plain"]).toBe("ratioP99 = 82.5\nsamples = 123456789\nholds = true\nexecutor = pinned");
});

test("a missing value, and a name the article cannot cite, are refused", () => {
  expect(() => valuesBundle({ p99: Number.NaN })).toThrow(
    "value p99 must be a finite number, text or boolean; got NaN",
  );
  expect(() => valuesBundle({ p99: null as unknown as number })).toThrow("got null");
  expect(() => valuesBundle({ "p99-ms": 1 })).toThrow("value name must be camel case; got p99-ms");
});
