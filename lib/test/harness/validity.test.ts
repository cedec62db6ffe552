import { describe, expect, test } from "vitest";
import { brokenRules, invalidReason, validityRules } from "../../src/harness/validity.ts";

const quiet = {
  wallMs: 500,
  stealShare: 0,
  pressureShare: 0.1,
  otherCpuShare: 0.01,
  lostSamples: 0,
  dispatcherDelayP99Ns: 900_000,
};

describe("a run is valid", () => {
  test("on a quiet host", () => expect(invalidReason(quiet)).toBeNull());

  test("at the limits", () => {
    const atLimits = {
      stealShare: 0.02,
      pressureShare: 0.75,
      otherCpuShare: 0.1,
      dispatcherDelayP99Ns: 5_000_000,
    };
    expect(invalidReason({ ...quiet, ...atLimits })).toBeNull();
  });

  test("where the system does not tell its conditions", () => {
    const unknown = {
      stealShare: null,
      pressureShare: null,
      otherCpuShare: null,
      dispatcherDelayP99Ns: null,
    };
    expect(invalidReason({ ...quiet, ...unknown })).toBeNull();
  });
});

describe("a run is invalid, with the rule and the finding,", () => {
  test.each([
    [{ stealShare: 0.0314 }, "steal: 0.031"],
    [{ otherCpuShare: 0.49 }, "other load: 0.490"],
    [{ pressureShare: 0.8 }, "pressure: 0.800"],
    [{ lostSamples: 3 }, "lost samples: 3"],
    [{ dispatcherDelayP99Ns: 6_230_000 }, "dispatcher delay: 6.2 ms"],
    [{ stealShare: 0.5, lostSamples: 1 }, "steal: 0.500; lost samples: 1"],
  ])("%j", (conditions, reason) => {
    expect(invalidReason({ ...quiet, ...conditions })).toBe(reason);
  });
});

test("the rules of a reason are those the manifest states", () => {
  const stated = validityRules.map((rule) => rule.replace(/:.*/, ""));
  const broken = brokenRules(
    "steal: 0.500; lost samples: 1; time limit: killed after 9 ms; crash: exit code 1",
  );
  expect(broken).toEqual(["steal", "lost samples", "time limit", "crash"]);
  expect(stated).toEqual(expect.arrayContaining(broken));
});
