import { expect, test } from "vitest";
import { pointTable } from "../../../src/publish/article/html/point-table.ts";

test("a figure's table has its points, and says where an interval has one end or none", () => {
  const data = [
    {
      name: "as is",
      x: [8, 15, 30, 50],
      y: [1, 40, 60, 80],
      error_y: { array: [0.5, null, 3, null], arrayminus: [0.25, 2, null, null] },
    },
  ];
  const table = pointTable(JSON.stringify({ data, layout: {} }), "f");
  const rows = [...table.matchAll(/<tr>(.*)<\/tr>/g)].map(([, cells = ""]) =>
    [...cells.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, text]) => text),
  );
  expect(rows).toEqual([
    ["Series", "x", "y", "Interval"],
    ["as is", "8", "1", "0.75 to 1.5"],
    ["as is", "15", "40", "38 or more"],
    ["as is", "30", "60", "63 or less"],
    ["as is", "50", "80", ""],
  ]);
});
