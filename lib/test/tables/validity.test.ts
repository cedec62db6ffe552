import { describe, expect, test } from "vitest";
import { unknownConditions } from "../../src/measure/watch-conditions.ts";
import {
  brokenRules,
  dispatcherRule,
  invalidReason,
  type JudgedRun,
  rulesStated,
  validityRules,
} from "../../src/tables/validity.ts";

const quiet: JudgedRun = {
  ...unknownConditions(500),
  stealShare: 0,
  pressureShare: 0.1,
  otherCpuShare: 0.01,
  stallShare: 0,
  suspendedMs: 0,
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
      stallShare: 0.02,
      suspendedMs: 100,
    };
    expect(invalidReason({ ...quiet, ...atLimits })).toBeNull();
  });

  test("where the system does not tell its conditions", () => {
    const unknown = { ...unknownConditions(500), lostSamples: 0, dispatcherDelayP99Ns: null };
    expect(invalidReason(unknown)).toBeNull();
  });

  test("however late its dispatcher, its canary and its collections were: they may be the executor's own", () => {
    const late = {
      dispatcherDelayP99Ns: 500e6,
      canaryLateP99Ns: 300e6,
      canaryLateMaxNs: 400e6,
      gcMainLongestNs: 50e6,
      gcMainNs: 300e6,
      gcWorkersNs: 300e6,
    };
    expect(invalidReason({ ...quiet, ...late })).toBeNull();
  });
});

describe("a run is invalid, with the rule and the finding,", () => {
  test.each([
    [{ stealShare: 0.0314 }, "steal: 0.031"],
    [{ otherCpuShare: 0.49 }, "other load: 0.490"],
    [{ pressureShare: 0.8 }, "pressure: 0.800"],
    [{ lostSamples: 3 }, "lost samples: 3"],
    [{ stallShare: 0.021 }, "stall: 0.021"],
    [{ suspendedMs: 30_010 }, "suspended: 30010 ms"],
    [{ stealShare: 0.021 }, "steal: 0.021"],
    [{ otherCpuShare: 0.101 }, "other load: 0.101"],
    [{ pressureShare: 0.751 }, "pressure: 0.751"],
    [{ suspendedMs: 101 }, "suspended: 101 ms"],
    [{ stealShare: 0.5, lostSamples: 1 }, "steal: 0.500; lost samples: 1"],
  ])("%j", (conditions, reason) => {
    expect(invalidReason({ ...quiet, ...conditions })).toBe(reason);
  });

  test("a late dispatcher, by the rules of former data only", () => {
    const late = { ...quiet, dispatcherDelayP99Ns: 6_230_000 };
    expect(invalidReason(late, [dispatcherRule])).toBe("dispatcher delay: 6.2 ms");
    expect(invalidReason({ ...late, dispatcherDelayP99Ns: 5_000_000 }, [dispatcherRule])).toBeNull();
  });
});

test("the rules of a reason are those the manifest states", () => {
  const stated = validityRules.map((rule) => rule.replace(/:.*/, ""));
  const broken = brokenRules(
    "steal: 0.500; lost samples: 1; stall: 0.300; time limit: killed after 9 ms; crash: exit code 1",
  );
  expect(broken).toEqual(["steal", "lost samples", "stall", "time limit", "crash"]);
  expect(stated).toEqual(expect.arrayContaining(broken));
});

describe("the rules that a manifest states are", () => {
  const names = (statements: readonly string[]) => rulesStated(statements)?.map(({ name }) => name);
  const former = [
    "steal: more than 0.02 of CPU time went to other machines",
    "dispatcher delay: the dispatcher handed over 1 % of due wake-ups more than 5 ms late",
    "crash: the run's process failed",
  ];

  test("today's", () => {
    expect(names(validityRules)).toEqual([
      "steal",
      "other load",
      "pressure",
      "lost samples",
      "stall",
      "suspended",
    ]);
  });

  test("those of former data", () => expect(names(former)).toEqual(["steal", "dispatcher delay"]));

  test("not known where one of them has another limit than any that was", () => {
    expect(names([...former, "steal: more than 0.5 of CPU time went to other machines"])).toBeUndefined();
  });
});
