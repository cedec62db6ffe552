import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { checksums, compareChecksums } from "../../../src/publish/checksums.ts";
import { buildFixture, buildFixtureTwice, type FixtureChanges, removeBuilt } from "./fixture-article.ts";

afterAll(removeBuilt);

const append = (line: string) => (text: string) => `${text}\n${line}\n`;

test("two builds in two folders are the same byte for byte, and nothing in them names a folder", async () => {
  const [first, second] = await Promise.all([buildFixture(), buildFixture()]);
  expect(first.output).not.toBe(second.output);
  compareChecksums(second.sums, first.sums, "first");
  expect(readdirSync(first.output).sort()).toEqual([
    "article.pdf",
    "article.xml",
    "assets",
    "figs",
    "index.html",
    "notebook-01-scheduling-delay.html",
    "notebook-02-request-timeouts.html",
    "notebooks.html",
    "ro-crate-metadata.json",
  ]);
  const texts = ["index.html", "notebook-01-scheduling-delay.html", "article.pdf", "article.xml"].map(
    (name) => readFileSync(join(first.output, name), "latin1"),
  );
  for (const text of texts) {
    for (const folder of [projectRoot, homedir(), "scratch", ".cache"]) expect(text).not.toContain(folder);
  }
});

test("two builds in one folder go one after the other, and the second is told so", async () => {
  const told: string[] = [];
  const stderr = vi.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
  onTestFinished(() => stderr.mockRestore());
  const { output, sums } = await buildFixtureTwice();
  expect(told).toEqual([expect.stringContaining("waiting for another build to end: ")]);
  compareChecksums(sums[1], sums[0], "first");
  compareChecksums(await checksums(output, readdirSync(output)), sums[0], output);
});

test("an edition with another host shows both hosts' numbers, figures and tables, and names both", async () => {
  const { output } = await buildFixture({ beside: true });
  const page = readFileSync(join(output, "index.html"), "utf8");
  expect(page).toContain("<strong>this host</strong>: another host, 8 cores");
  expect(page).toMatch(/>107-fold<\/a> <span class="beside">\(this host: 86-fold\)<\/span>/);
  expect(page.match(/data-figure="[^"]+"/g)).toEqual([
    'data-figure="scheduling-delay-overhead"',
    'data-figure="scheduling-delay-overhead.edition-2"',
    'data-figure="request-timeouts-failures"',
    'data-figure="request-timeouts-failures.edition-2"',
  ]);
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
  expect(page).toContain(">41.0<");
  expect(page).toContain(">32.8<");
  expect(readdirSync(join(output, "figs"))).toContain("scheduling-delay-overhead.edition-2.svg");
});

test("tables of two hosts that together are longer than a page go on overleaf in the PDF", async () => {
  const row = '<tr><th scope=\\"row\\">run-queue</th></tr>'.replace(
    "</tr>",
    `${"<td>1</td>".repeat(7)}</tr>`,
  );
  const longer = (text: string) => text.replace("<tbody>", `<tbody>${row.repeat(34)}`);
  const notebook = "notebooks/01-scheduling-delay.ipynb";
  const files = { [`reference/${notebook}`]: longer, [`this-host/${notebook}`]: longer };
  const { output } = await buildFixture({ beside: true, files });
  expect(readdirSync(output)).toContain("article.pdf");
});

test("a link that would run something is plain text, in prose and in the bibliography", async () => {
  const { output } = await buildFixture({
    prose: append("See [@hostile] and [x](javascript:a)."),
    files: {
      "references.bib": append("@misc{hostile, author = {Hostile}, title = {B}, url = {javascript:b}}"),
    },
  });
  for (const file of ["index.html", "article.xml"]) {
    const text = readFileSync(join(output, file), "utf8");
    expect(text).toContain("[x](javascript:a)");
    expect(text).toMatch(/Hostile\b.*javascript:b/);
    expect(text).not.toMatch(/"\s*javascript:/i);
  }
});

test("what only the reference measured is missing beside it, and said to be", async () => {
  const ended = { notebook: "02-request-timeouts.ipynb", values: "request-timeouts" };
  const { output } = await buildFixture({ beside: true, ended });
  const page = readFileSync(join(output, "index.html"), "utf8");
  expect(page).toContain('<span class="beside">(this host: n/a)</span>');
  expect(page).toContain("Not measured on this host");
  expect(page).toContain('data-figure="request-timeouts-failures"');
  expect(page).not.toContain('data-figure="request-timeouts-failures.edition-2"');
});

test.concurrent.each<[string, FixtureChanges, string[]]>([
  [
    "values that are unknown, badly formatted or used nowhere, all at once",
    {
      prose: append("{val}`scheduling-delay.p98Ms|.1f ms` and {val}`scheduling-delay.cliffStep|%d`"),
      values: (text) => text.replace("{", '{ "scheduling-delay.forgotten": 1,'),
    },
    [
      'article.md:129: value "scheduling-delay.p98Ms" is unknown; no notebook of the reference edition hands it on: lib/src/studies/scheduling-delay/values.ts names those of scheduling-delay',
      'article.md:129: value "scheduling-delay.cliffStep": format must be empty or like',
      'values.json: value "scheduling-delay.forgotten" is handed on but never used',
    ],
  ],
  [
    "a cross-reference, a citation and a formula that lead nowhere",
    { prose: append("See [](#sec-nowhere), [@nobody], $\\frac{1}$.") },
    ["article.md: text does not resolve", "sec-nowhere", "nobody", "\\frac{1}"],
  ],
  [
    "HTML in the text and in its front matter, which MyST would drop",
    {
      prose: (text) =>
        append("A word <script>x</script>.")(text.replace("A runtime", "A <script></script> runtime")),
    },
    [
      "article.md:17: text must be Markdown, without HTML; got <script>",
      "article.md:129: text must be Markdown, without HTML; got <script>",
    ],
  ],
  [
    "a character that its font lacks, whatever other fonts of the PDF or of the host have",
    { prose: append("One ↔ in *this* `漢字`.") },
    [
      'article.md:129: text must be of characters that the PDF\'s fonts have; Source Serif 4 lacks "↔" (U+2194); write it in another way',
      'IBM Plex Mono lacks "字" (U+5B57)',
    ],
  ],
  [
    "numbers typed by hand, a phrase that is a number alone, and what it hid",
    {
      prose: (text) => append("It grew 108-fold, to 50.3 %.")(text.replace('"50 ms"', '"50 ms", "50"')),
    },
    [
      'options.givens must say what its number is of, as "50 ms" does; got "50"',
      "number 50.3 % is typed by hand",
      "article.md:129: number 108 is typed by hand",
    ],
  ],
  [
    "a figure that is not there",
    { prose: append(":::{figure} #nowhere\nCaption\n:::") },
    ['no notebook shows "nowhere"'],
  ],
  [
    "mark-up without a rendering",
    { prose: append(":::{iframe} https://example.org\n:::") },
    ['mark-up "iframe" has no rendering'],
  ],
  [
    "broken front matter",
    { prose: (text) => text.replace("title:", "- title:") },
    ["Invalid YAML frontmatter"],
  ],
  ["no date", { prose: (text) => text.replace(/^date:.*\n/m, "") }, ["article.md: date must be an ISO day"]],
])("fails on %s", async (_, changes, messages) => {
  const error = await buildFixture(changes).then(
    () => new Error("nothing failed"),
    (reason: Error) => reason,
  );
  for (const message of messages) expect(error.message).toContain(message);
});
