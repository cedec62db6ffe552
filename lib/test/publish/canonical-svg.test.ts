import { expect, test } from "vitest";
import { canonicalSvg } from "../../src/publish/canonical-svg.ts";

test("two spellings of one drawing become one", () => {
  const one = '<svg width="9" xmlns="u"><path style="" d="M0.30000001,-2.999e1L5,6" class="b"/></svg>';
  const other = '<svg xmlns="u" width="9"><path class="b" d="M0.3,-29.990L5,6"/></svg>';
  expect(canonicalSvg(one)).toBe('<svg xmlns="u" width="9"><path class="b" d="M0.3,-29.99L5,6"/></svg>\n');
  expect(canonicalSvg(other)).toBe(canonicalSvg(one));
});

test("text and labels keep their digits", () => {
  const svg = '<text data-unformatted="1.23456" x="1.23456">1.23456 = &lt;b&gt;</text>';
  expect(canonicalSvg(svg)).toBe('<text data-unformatted="1.23456" x="1.23">1.23456 = &lt;b&gt;</text>\n');
});
