import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadEdition, readFigure } from "../../../src/publish/article/edition.ts";

const FIGURE = "request-timeouts-failures";
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "edition-"));
  cpSync(join(import.meta.dirname, "fixtures", "reference"), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function change(file: string, how: (text: string) => string): void {
  const path = join(folder, file);
  writeFileSync(path, how(readFileSync(path, "utf8")));
}
const load = () =>
  loadEdition({
    name: "reference",
    description: "the host of the fixture",
    notebooks: join(folder, "notebooks"),
    figures: join(folder, "figures"),
    values: join(folder, "values.json"),
  });
const figure = async () => readFigure(await load(), FIGURE);
const layout = (sizes: object) => (json: string) => {
  const whole = JSON.parse(json);
  return JSON.stringify({ ...whole, layout: { ...whole.layout, ...sizes } });
};

test("a figure comes with its words and its size in pixels", async () => {
  expect(await figure()).toMatchObject({
    alt: expect.stringContaining("Share of timed-out"),
    layout: { width: 680, height: 400 },
  });
});

test.each([
  ["mark-up", { width: '1"><script>window.hit=1</script>' }, 'layout.width must be number; got "1"><script>'],
  ["nothing", { height: undefined }, "layout.height is missing"],
  ["no length", { height: -1 }, "layout.height must be >=1; got -1"],
  ["too much", { height: 10_001 }, "layout.height must be <=10000; got 10001"],
])("a size that is %s is refused", async (_, sizes, message) => {
  change(`figures/${FIGURE}.json`, layout(sizes));
  await expect(figure()).rejects.toThrow(`${FIGURE}.json (${message}`);
});

test("a figure without words, one that is no JSON, and a drawing that runs script are refused by name", async () => {
  change(`figures/${FIGURE}.svg`, (svg) => svg.replace("</svg>", "<script>window.hit=1</script></svg>"));
  await expect(figure()).rejects.toThrow(`${FIGURE}.svg: drawing must hold shapes and text only`);
  change(`figures/${FIGURE}.json`, (json) => json.replace('"alt"', '"words"'));
  await expect(figure()).rejects.toThrow(`${FIGURE}.json (alt is missing); execute the notebooks again`);
  change(`figures/${FIGURE}.json`, () => "}");
  await expect(figure()).rejects.toThrow(
    `figure is damaged: ${join(folder, "figures", FIGURE)}.json (SyntaxError`,
  );
});

test("values that are no object of values are refused by name", async () => {
  change("values.json", () => "[");
  await expect(load()).rejects.toThrow(/file of values is damaged: .*values\.json \(SyntaxError/);
  change("values.json", () => '{"a":{"b":[1,2]}}');
  await expect(load()).rejects.toThrow(/file of values is damaged: .*values\.json \(a(\.b)? must be/);
});

test("ids that would leave their folder are refused by name", async () => {
  change("notebooks/02-request-timeouts.ipynb", (json) => json.replaceAll(FIGURE, "../../article"));
  await expect(load()).rejects.toThrow(
    '02-request-timeouts.ipynb: id of a figure or table must be letters, digits, - and _; got "../../article"',
  );
});
