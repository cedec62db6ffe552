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

test("a value that this host's data cannot give is handed on as null", () => {
  expect(valuesBundle({ p99: null }).data["application/vnd.scheduling-safety.values+json"]).toEqual({
    p99: null,
  });
});

test("a value that is not finite or not given, and a name the article cannot cite, are refused", () => {
  expect(() => valuesBundle({ p99: Number.NaN })).toThrow(
    "value p99 must be a finite number, text, boolean or null; got NaN",
  );
  expect(() => valuesBundle({ p99: undefined as unknown as number })).toThrow("got undefined");
  expect(() => valuesBundle({ "p99-ms": 1 })).toThrow("value name must be camel case; got p99-ms");
});
