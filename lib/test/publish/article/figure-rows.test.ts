import { expect, test } from "vitest";
import { axisNames, figureCsv, figureRows } from "../../../src/publish/article/figure-rows.ts";

const figure = JSON.stringify({
  data: [
    { name: "key", x: [null], y: [null] },
    { name: "as is", x: [8, 15], y: [1, 40], error_y: { array: [0.5, 2], arrayminus: [0.25, null] } },
    { name: 'a "b", c', xaxis: "x2", x: [3], y: ["row"], error_x: { array: [1] } },
  ],
});

test("the points of a figure keep their series, their panel and the ends of their interval", () => {
  expect(figureRows(figure, "f")).toEqual([
    { series: "as is", panel: 1, x: 8, y: 1, low: 0.75, high: 1.5 },
    { series: "as is", panel: 1, x: 15, y: 40, low: null, high: 42 },
    { series: 'a "b", c', panel: 2, x: 3, y: "row", low: 2, high: 4 },
  ]);
});

test("as comma-separated values a name with a comma or quotation marks stays one field", () => {
  expect(figureCsv(figureRows(figure, "f")).split("\r\n")).toEqual([
    "series,panel,x,y,low,high",
    "as is,1,8,1,0.75,1.5",
    "as is,1,15,40,,42",
    '"a ""b"", c",2,3,row,2,4',
    "",
  ]);
});

test("a figure's axes have the names that all its panels share, and none where panels differ", () => {
  const named = (text: string) => ({ title: { text } });
  const layout = {
    xaxis: named("Blockers"),
    xaxis2: named("Blockers"),
    yaxis: named("p99 (ms)"),
    yaxis2: named("p50 (ms)"),
  };
  expect(axisNames(JSON.stringify({ data: [], layout }), "f")).toEqual({ x: "Blockers", y: "y" });
});

test("a damaged figure is named", () => {
  const damaged = () => figureRows('{ "data": null }', "figures/f.json");
  expect(damaged).toThrow(
    "figure is damaged: figures/f.json (data must be Array; got null); execute the notebooks again",
  );
});
