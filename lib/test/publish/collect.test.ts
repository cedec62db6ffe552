import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { collectFigures } from "../../src/publish/collect-figures.ts";
import { collectValues, handedValues } from "../../src/publish/collect-values.ts";
import type { Bundle } from "../../src/publish/display.ts";
import { figureFile, figureText } from "../../src/publish/figure-file.ts";
import { valuesBundle } from "../../src/publish/hand-on.ts";
import { normaliseNotebook } from "../../src/publish/normalise-notebook.ts";
import { notebookText } from "../../src/publish/notebook.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "collect-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function executed(name: string, ...bundles: Bundle[]): string {
  const cells = bundles.map(({ data, metadata }) => ({
    cell_type: "code" as const,
    metadata: {},
    source: "shown",
    outputs: [{ output_type: "display_data" as const, data, metadata }],
  }));
  const path = join(folder, name);
  writeFileSync(
    path,
    notebookText(normaliseNotebook({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 })),
  );
  return path;
}

const file = figureFile({ id: "fig-a", title: "A", alt: "An a.", data: [{ y: [1, 2] }], layout: {} });
const svg = '<svg>\n<text x="1">a\nb</text>\n</svg>\n';

function figure(id: string): Bundle {
  const { data, layout, ...about } = { ...file, id };
  return {
    data: { "application/vnd.plotly.v1+json": { data, layout }, "image/svg+xml": svg },
    metadata: { figure: about },
  };
}

test("figures of executed notebooks become files, and those no longer shown go", () => {
  const figures = join(folder, "figures");
  expect(collectFigures([executed("01-x.ipynb", figure("fig-old"))], figures)).toEqual(["fig-old"]);
  expect(collectFigures([executed("01-x.ipynb", figure("fig-a"))], figures)).toEqual(["fig-a"]);
  expect(readdirSync(figures).sort()).toEqual(["fig-a.json", "fig-a.svg"]);
  expect(readFileSync(join(figures, "fig-a.svg"), "utf8")).toBe(svg);
  expect(readFileSync(join(figures, "fig-a.json"), "utf8")).toBe(figureText(file, svg));
});

test("one id for two figures is refused, and nothing is written", () => {
  const notebooks = [executed("01-x.ipynb", figure("fig-a")), executed("02-y.ipynb", figure("fig-a"))];
  expect(() => collectFigures(notebooks, join(folder, "figures"))).toThrow(
    "figure id must be unique; fig-a is shown in 01-x.ipynb and in 02-y.ipynb: rename one",
  );
  expect(readdirSync(folder)).not.toContain("figures");
});

test("values are keyed by their notebook's name without its number", () => {
  const path = join(folder, "values.json");
  const notebooks = [
    executed("02-request-timeouts.ipynb", valuesBundle({ rate: 0.5 })),
    executed("01-scheduling-delay.ipynb", valuesBundle({ p99: 7 }), valuesBundle({ holds: true })),
  ];
  collectValues(notebooks, path);
  expect(readFileSync(path, "utf8")).toBe(
    '{\n "request-timeouts.rate": 0.5,\n "scheduling-delay.holds": true,\n "scheduling-delay.p99": 7\n}\n',
  );
});

test("a value handed on twice is refused", () => {
  const notebook = executed("01-x.ipynb", valuesBundle({ p99: 7 }), valuesBundle({ p99: 8 }));
  expect(() => collectValues([notebook], join(folder, "values.json"))).toThrow("x.p99 is handed on twice");
});

test("texts that the notebooks hand on spell numbers as the article does: a true minus, no blank in thousands", () => {
  const folder = join(projectRoot, "notebooks");
  const notebooks = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));
  const values = Object.values(handedValues(notebooks.map((name) => join(folder, name))));
  const texts = values.filter((value) => typeof value === "string");
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.filter((text) => /(?<![\w-])-\d|\d\s\d{3}(?!\d)/.test(text))).toEqual([]);
});
