import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareNotebooks } from "../../src/publish/compare-notebooks.ts";
import { installKernel } from "../../src/publish/install-kernel.ts";
import { readNotebook } from "../../src/publish/notebook.ts";
import type { Json } from "../../src/publish/plain-json.ts";
import { runNotebooks } from "../../src/publish/run-notebooks.ts";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}.ipynb`, import.meta.url));
const good = [fixture("01-good"), fixture("02-forgotten-await")];
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "notebooks-"));
  installKernel();
});
afterAll(() => rmSync(folder, { recursive: true }));

test("good notebooks come out executed, complete, and the same bytes again", async () => {
  const run = {
    notebooks: good,
    dataFolder: "lib/test",
    figuresFolder: join(folder, "none"),
    progress: null,
  };
  const [first = "", late = ""] = await runNotebooks({ ...run, outputFolder: join(folder, "a") });
  const [again = ""] = await runNotebooks({
    ...run,
    notebooks: good.slice(0, 1),
    outputFolder: join(folder, "b"),
  });
  expect(read(again)).toBe(read(first));
  expect(() => compareNotebooks([first], join(folder, "b"))).not.toThrow();
  expect(() => compareNotebooks(good, join(folder, "a"))).toThrow(
    "notebook 01-good, code cell c3 (the notebook's cell 3) differs from what its code gives now",
  );

  expect(codeCells(first).map((cell) => cell.execution_count)).toEqual([1, 2, 3, 4, 5]);
  expect(shownTypes(first)).toEqual([
    [],
    ["five levels\n"],
    [["text/html", "text/plain"]],
    [["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"]],
    [["application/vnd.scheduling-safety.values+json", "text/plain"]],
  ]);
  expect(shownTypes(late)).toEqual([
    [],
    ["printed first\nprinted second\n", ["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"]],
    ["test\n"],
  ]);
});

test("a notebook that somebody saves while it is executed in its place stays as saved, and is named", async () => {
  const outputFolder = join(folder, "in place");
  mkdirSync(outputFolder);
  const [saved, other] = [join(outputFolder, "saved.ipynb"), join(outputFolder, "other.ipynb")];
  for (const path of [saved, other]) writeFileSync(path, oneCell("1 + 1"));
  const run = runNotebooks({ notebooks: [saved, other], outputFolder, progress: null });
  writeFileSync(saved, oneCell("1 + 2"));
  await expect(run).rejects.toThrow("notebook was changed while it was executed: saved; it stays as it is");
  expect(read(saved)).toBe(oneCell("1 + 2"));
  expect(shownTypes(other)).toEqual([["2\n"]]);
});

function oneCell(source: string): string {
  const cell = { cell_type: "code", id: "a", metadata: {}, source, outputs: [], execution_count: null };
  const kernelspec = { name: "tslab", display_name: "TypeScript", language: "typescript" };
  return JSON.stringify({ cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}

test("every way to fail is told with notebook, cell and message, and nothing is written", async () => {
  const outputFolder = join(folder, "failed");
  const problemsOf = async (names: readonly string[], cellSeconds: number) => {
    const run = { notebooks: names.map(fixture), outputFolder, cellSeconds, progress: null };
    const message = await runNotebooks(run).then(() => "no error", String);
    return message.split(/\n?(?:DataError: )?notebook /).slice(1);
  };
  // A limit short enough to wait for would, on a busy host, be passed by cells that only take their time.
  const [hung, problems] = await Promise.all([
    problemsOf(["hangs"], 2),
    problemsOf(["throws", "noisy", "exits"], 3600),
  ]);
  expect(hung).toEqual(["hangs, code cell 1 (c1): did not end within 2 s"]);
  expect(problems).toHaveLength(5);
  expect(problems[0]).toMatch(/^throws, code cell 2 \(c2\): threw: .*Error: no such level/s);
  expect(problems[1]).toMatch(
    /^noisy, code cell 1 \(c1\): left a rejected promise unhandled: Error: nobody listens/,
  );
  expect(problems[2]).toBe("noisy, code cell 2 (c2): printed to stderr: something is odd");
  expect(problems[3]).toMatch(
    /^noisy, code cell 3 \(c3\): lost output: it sent 0 displays and 48890 characters/,
  );
  expect(problems[4]).toMatch(/^exits, code cell 2 \(c2\): ended its kernel/);
  expect(readdirSync(folder)).not.toContain("failed");
});

test("a notebook may end where it asks for measurements that do not exist, if that is allowed", async () => {
  const outputFolder = join(folder, "unmeasured");
  const run = { notebooks: [fixture("unmeasured")], outputFolder, dataFolder: folder, progress: null };
  await expect(runNotebooks(run)).rejects.toThrow(
    /unmeasured, code cell 2 .*threw: .*DataError: .*blame in .*not measured/s,
  );
  const [path = ""] = await runNotebooks({ ...run, mayEnd: true });
  expect(shownTypes(path)[0]).toEqual(["before\n"]);
  expect(JSON.stringify(shownTypes(path)[1])).not.toContain("after");
});

test("what is not a notebook is refused before any kernel starts", async () => {
  const outputFolder = join(folder, "refused");
  await expect(runNotebooks({ notebooks: [], outputFolder })).rejects.toThrow(
    "notebooks to execute must be named; got none",
  );
  await expect(runNotebooks({ notebooks: ["no.ipynb"], outputFolder })).rejects.toThrow(
    "notebook must be a readable file; got",
  );
  await expect(runNotebooks({ notebooks: [good[0] ?? "", good[0] ?? ""], outputFolder })).rejects.toThrow(
    "got 01-good twice",
  );
  const source = fileURLToPath(import.meta.url);
  await expect(runNotebooks({ notebooks: [source], outputFolder })).rejects.toThrow(
    `notebook is damaged: ${source} (SyntaxError`,
  );
});

function read(path: string): string {
  return readFileSync(path, "utf8");
}

function codeCells(path: string) {
  return readNotebook(path).cells.filter((cell) => cell.cell_type === "code");
}

/** Per code cell: the text of streams, and the MIME types of displays. */
function shownTypes(path: string): (Json | undefined)[][] {
  return codeCells(path).map((cell) =>
    (cell.outputs ?? []).map(({ text, data }) =>
      text === undefined ? Object.keys(data ?? {}) : [text].flat().join(""),
    ),
  );
}
