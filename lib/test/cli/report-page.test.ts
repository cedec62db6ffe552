import { expect, test } from "vitest";
import { reportPage } from "../../src/cli/report-page.ts";
import type { Figure } from "../../src/drawing/figure.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { coins, smallDataSet } from "../audit/small-data-set.ts";
import { coinsModule } from "./verify-coins.ts";

const heads: Figure = {
  id: "coins-heads",
  title: "Heads & tails",
  alt: 'Two bars, one of "heads".',
  data: [],
  layout: {},
};
const study = defineStudy({
  name: coins.name,
  module: coinsModule,
  experiment: () => coins,
  claims: [],
  figures: {},
  report: () => ({ tables: {}, figures: [heads], values: {} }),
});

const pageWith = (svg: string) => reportPage(smallDataSet(), [study], () => Promise.resolve(svg));

test("a page may show its own styles and pictures, and load and run nothing", async () => {
  const page = await pageWith("<svg/>");
  const [head = "", policy = ""] =
    /^.*?<meta http-equiv="Content-Security-Policy" content="(.*?)">/s.exec(page) ?? [];
  expect(head).not.toContain("<style");
  expect(policy.split("; ").sort()).toEqual([
    "base-uri 'none'",
    "default-src 'none'",
    "form-action 'none'",
    "img-src data:",
    "style-src 'unsafe-inline'",
  ]);
});

test.each([
  ["text", "<text>tête</text>"],
  ["a script", "<script>alert(1)</script>"],
  ["a listener", '<text onclick="alert(1)">heads</text>'],
  ["a picture from elsewhere", '<image href="https://example.org/i.png"/>'],
])("a drawing with %s is a picture as it stands, and no mark-up of the page", async (_, content) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`;
  const page = await pageWith(svg);
  const [, encoded = "", alt = ""] =
    /<img src="data:image\/svg\+xml;base64,([^"]*)" alt="([^"]*)">/.exec(page) ?? [];
  expect(Buffer.from(encoded, "base64").toString()).toBe(svg);
  expect(alt).toBe("Two bars, one of &quot;heads&quot;.");
  expect(page).toContain("<figcaption>Heads &amp; tails</figcaption>");
  expect(page).not.toContain(content);
  expect(page).not.toContain("<svg");
});
