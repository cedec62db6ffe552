import { expect, test } from "vitest";
import type { Node } from "../../../src/publish/article/ast.ts";
import { keepUnits } from "../../../src/publish/article/keep-units.ts";

const kept = (value: string) => keepUnits({ type: "text", value } as Node);

test.each([
  ["in 30 % of the requests", "in 30\u00a0% of the requests"],
  ["50 ms, 5 µs or 2 s.", "50\u00a0ms, 5\u00a0µs or 2\u00a0s."],
  ["an event every 50 ± 10 ms, at 20\nms", "an event every 50\u00a0±\u00a010\u00a0ms, at 20\u00a0ms"],
  ["24 GiB of memory", "24\u00a0GiB of memory"],
  ["4 servers, 5 seconds, 3 hold", "4 servers, 5 seconds, 3 hold"],
])("%s", (value, expected) => {
  expect(kept(value)).toEqual({ type: "text", value: expected });
});

test("within paragraphs too, but not in code", () => {
  const code = { type: "inlineCode", value: "-d 10 s" };
  const text = (value: string) => ({ type: "emphasis", children: [{ type: "text", value }] });
  const paragraph = (value: string) => ({ type: "paragraph", children: [text(value), code] }) as Node;
  expect(keepUnits(paragraph("10 ms"))).toEqual(paragraph("10\u00a0ms"));
});
