import { expect, test } from "vitest";
import { overHosts } from "../../src/ledger/hosts/judge-hosts.ts";
import type { Verdict } from "../../src/ledger/judge.ts";
import type { Estimate } from "../../src/summary/estimate.ts";
import { doubling } from "./fixtures/host-data-set.ts";

const verdictOf = (host: string, of: Estimate, verdict: Verdict = "holds") => ({
  host,
  verdict,
  reason: "",
  ...of,
});

/** An estimate whose interval is from a half to the double of it. */
const twofold = (estimate: number) => ({ estimate, low: estimate / 2, high: estimate * 2 });
const closed = [verdictOf("a", twofold(2)), verdictOf("b", twofold(8))];

test.each([
  ["without an estimate", { ...twofold(100), estimate: null }],
  ["without a lower bound", { ...twofold(100), low: null }],
  ["without an upper bound", { ...twofold(100), high: null }],
  ["open below", { ...twofold(100), openLow: true }],
  ["open above", { ...twofold(100), openHigh: true }],
  ["open on both sides", { ...twofold(100), openLow: true, openHigh: true }],
  ["with a lower bound of minus infinity", { ...twofold(100), low: Number.NEGATIVE_INFINITY }],
  ["with an upper bound of infinity", { ...twofold(100), high: Number.POSITIVE_INFINITY }],
  ["that is infinite", twofold(Number.POSITIVE_INFINITY)],
  ["that is no number", twofold(Number.NaN)],
] as const)("an estimate %s counts as a verdict and takes no part in how hosts scatter", (_, third) => {
  const { holds, spread } = overHosts(doubling, [...closed, verdictOf("c", third)]);
  expect(holds).toBe(3);
  expect(spread).toEqual(overHosts(doubling, closed).spread);
  // Equal widths weigh equally: the mean on the logarithmic scale is the geometric one. The two lie log 2 from it, which is z
  // standard errors each.
  const z = 1.959963984540054;
  const [mean, q] = [Math.log(4), 2 * z ** 2].map((value) => expect.closeTo(value, 12));
  expect(spread).toMatchObject({ hosts: 2, log: true, mean, q });
});

test("an interval of another coverage is as many standard errors wide as that coverage says", () => {
  // Python: scipy.stats.norm.ppf([0.975, 0.9935]). Both intervals tell of a standard error of 0.1.
  const [usual, look] = [1.959963984540054, 2.483769293250535];
  const around = (estimate: number, z: number) => ({
    estimate,
    low: estimate - 0.1 * z,
    high: estimate + 0.1 * z,
  });
  const looked = { ...verdictOf("b", around(-1, look)), level: 0.987 };
  const { spread } = overHosts(doubling, [verdictOf("a", around(1, usual)), looked]);
  // Each lies one from their mean, ten standard errors.
  expect(spread).toMatchObject({ log: false, mean: expect.closeTo(0, 9), q: expect.closeTo(200, 5) });
});

test("hosts scatter by differences as soon as one closed interval reaches zero, and only then", () => {
  const around = { estimate: 1, low: -1, high: 3 };
  const spreadWith = (third: Estimate) => overHosts(doubling, [...closed, verdictOf("c", third)]).spread;
  expect(spreadWith(around)).toMatchObject({ hosts: 3, log: false });
  expect(spreadWith({ ...around, openLow: true })).toMatchObject({ hosts: 2, log: true });
});

test("an interval whose square is no number any more has no scatter", () => {
  const wide = { estimate: 0, low: -1e200, high: 1e200 };
  expect(overHosts(doubling, [...closed, verdictOf("c", wide)]).spread).toBeNull();
});

test("one closed estimate, or one without width, has no scatter", () => {
  const [first] = closed;
  if (first === undefined) throw new Error("there are two");
  expect(overHosts(doubling, [first, verdictOf("c", { ...twofold(8), openHigh: true })]).spread).toBeNull();
  expect(overHosts(doubling, [first, verdictOf("c", { estimate: 8, low: 8, high: 8 })]).spread).toBeNull();
});

test("a claim that no host decides has no share of hosts", () => {
  const open = verdictOf("c", twofold(2), "not testable here");
  expect(overHosts(doubling, [open])).toMatchObject({ holds: 0, fails: 0, open: 1, share: null });
  // One of one: Wilson's lower bound is 1 / (1 + z²).
  const share = overHosts(doubling, [open, ...closed.slice(1)]).share;
  expect(share).toMatchObject({ estimate: 1, low: expect.closeTo(1 / (1 + 1.959963984540054 ** 2), 12) });
});
