import { expect, test } from "vitest";
import { whiskers } from "../../src/drawing/whiskers.ts";

const rows = [
  { "": 10, Low: 8, High: 13 },
  { "": 10, Low: null, High: 13 },
  { "": 10, Low: null, High: null },
  { "": null, Low: 8, High: 13 },
];

test("a bound that nobody knows has no length: zero would say that it is the estimate", () => {
  const { array, arrayminus } = whiskers(rows, (row, bound) => row[bound], "black");
  expect(array).toEqual([3, 3, null, null]);
  expect(arrayminus).toEqual([2, null, null, null]);
});
