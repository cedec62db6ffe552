import { expect, test } from "vitest";
import { figureFinding } from "../../../src/publish/article/figure-finding.ts";

const told = (...data: object[]) => figureFinding(JSON.stringify({ data, layout: {} }), "f");

test("a series is told by where it starts and ends, and by its extreme in between", () => {
  expect(told({ name: "p99", x: [0, 3, 4, 6], y: [0.6432, 0.9, 41, 40] })).toBe(
    "In numbers: p99: 0.643 at 0 to 40 at 6, at most 41 at 4.",
  );
  expect(told({ name: "p50", x: [0, 4], y: [0.07, 0.31] })).toBe("In numbers: p50: 0.07 at 0 to 0.31 at 4.");
});

test("panels are told apart, and values that lie along x are told by their category", () => {
  const below = { name: "felt", xaxis: "x", x: [1.5, 30, 12], y: ["idle", "scrypt", "gzip"] };
  expect(told(below, { ...below, xaxis: "x2" })).toBe(
    "In numbers: panel 1, felt: 1.5 at idle to 12 at gzip, at most 30 at scrypt; panel 2, felt: 1.5 at idle to 12 at gzip, at most 30 at scrypt.",
  );
});

test("a mark of one point and a line of names have no course", () => {
  expect(told({ name: "mark", x: [1], y: [2] }, { name: "names", x: ["a", "b"], y: ["c", "d"] })).toBe("");
});

test("no more than twelve series are told, and how many there are besides", () => {
  const many = Array.from({ length: 14 }, (_, i) => ({ name: `s${i}`, x: [0, 1], y: [i, i + 1] }));
  expect(told(...many)).toMatch(/s11: 11 at 0 to 12 at 1\. And 2 more series\.$/);
});
