/// <reference lib="dom" />
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { ledgerHtml } from "../../../src/publish/article/html/ledger-html.ts";
import { type LedgerRow, ledgerRows } from "../../../src/publish/article/ledger-rows.ts";
import { readExhibits } from "../../../src/publish/article/read-exhibits.ts";
import { withBrowser } from "../../../src/publish/browser.ts";
import { bundleSite } from "../../../src/publish/bundle-for-browser.ts";
import { patientPage } from "../patient-page.ts";

const row: LedgerRow = {
  id: "one-free-worker",
  claim: "One free worker is enough.",
  saidOf: "Tokio",
  expected: "holds",
  verdict: "holds",
  estimate: "10.5 (9 to 12)",
  holdsIf: "p99 stays below a block",
  reason: "any worker may take any task",
  finding: "",
  notebook: "01-scheduling-delay",
  cell: "scheduling-delay-percentiles",
  study: "scheduling-delay",
};
const rows = [
  row,
  {
    ...row,
    id: "blind-median",
    claim: "The <median> is blind.",
    verdict: "fails",
    estimate: "9.2 (8 to 10)",
  },
  { ...row, id: "knee", claim: "The knee obeys.", study: "worker-count", estimate: "100 (90 to 110)" },
];
const editions = [{ name: "reference", description: "" }];

test("every claim of the notebook has one row with a verdict and the cell of its evidence", () => {
  const exhibits = readExhibits(join(projectRoot, "notebooks"));
  const ledger = ledgerRows(exhibits);
  expect(ledger.length).toBeGreaterThan(50);
  expect(new Set(ledger.map(({ id }) => id)).size).toBe(ledger.length);
  for (const { claim, verdict, expected, notebook, cell, reason } of ledger) {
    expect(claim).toMatch(/\.$/);
    expect(["holds", "fails", "not testable here"]).toContain(verdict);
    expect(["holds", "fails"]).toContain(expected);
    expect(`${notebook} ${cell} ${reason}`).toMatch(/^\d\d-[a-z-]+ [a-z0-9-]+ \w/);
  }
});

test("an edition without the notebook of claims has no ledger", () => {
  expect(ledgerRows(new Map())).toEqual([]);
});

test("beside another host each claim shows that host's verdict, or that it was not measured there", () => {
  const other = [{ ...row, verdict: "fails", estimate: "2.0 (1 to 3)" }];
  const both = [...editions, { name: "this host", description: "" }];
  const html = ledgerHtml({ ledgers: [rows, other], editions: both }, () => "index.html");
  expect(html).toContain(
    '<td data-label="this host"><span class="verdict fails">fails</span> 2.0 (1 to 3)</td>',
  );
  expect(html.match(/not measured/g)).toHaveLength(2);
  expect(html).toContain("The &lt;median&gt; is blind.");
});

test("it filters by words, verdict and study, sorts numbers as numbers, and says how many are left", async () => {
  const script = await bundleSite();
  const html = ledgerHtml({ ledgers: [rows], editions }, (study) => `${study}.html`);
  await withBrowser(async (browser) => {
    const page = await patientPage(browser);
    await page.setContent(`<main>${html}</main><script>${script}</script>`);
    const shown = () =>
      page.$$eval("tbody tr", (all) =>
        all.filter((each) => !each.hidden).map(({ id }) => id.replace("claim-", "")),
      );
    const count = () => page.$eval(".ledger-count", ({ textContent }) => textContent);
    expect(await shown()).toEqual(["one-free-worker", "blind-median", "knee"]);
    await page.click("thead th:nth-child(6) button");
    expect(await shown()).toEqual(["blind-median", "one-free-worker", "knee"]);
    expect(await page.$eval("thead th:nth-child(6)", ({ ariaSort }) => ariaSort)).toBe("ascending");
    await page.click("thead th:nth-child(6) button");
    expect(await shown()).toEqual(["knee", "one-free-worker", "blind-median"]);
    await page.select('[name="verdict"]', "fails");
    expect(await shown()).toEqual(["blind-median"]);
    expect(await count()).toBe("1 of 3 claims");
    await page.select('[name="verdict"]', "");
    await page.type('[name="words"]', "KNEE obeys");
    expect(await shown()).toEqual(["knee"]);
    await page.close();
  });
});
