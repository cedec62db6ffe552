import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { executeEdition, keepReference } from "../../src/publish/execute-edition.ts";
import type { NotebookRun } from "../../src/publish/run-notebooks.ts";
import { renames } from "../killed-after-renames.ts";

const { clone, keys } = vi.hoisted(() => ({
  clone: { root: "" },
  keys: { now: "key", afterExecution: "key" },
}));
vi.mock("../../src/measure/project-root.ts", async (original) => {
  clone.root = mkdtempSync(join(tmpdir(), "edition-"));
  return {
    ...(await original<typeof import("../../src/measure/project-root.ts")>()),
    projectRoot: clone.root,
  };
});
vi.mock("node:fs", async (original) =>
  (await import("../killed-after-renames.ts")).dyingFileSystem(original<typeof import("node:fs")>),
);
vi.mock("../../src/publish/notebook-key.ts", () => ({ notebookKey: () => keys.now }));
const executions: string[] = [];
/** Executes a notebook by writing down what it was asked. */
vi.mock("../../src/publish/run-notebooks.ts", () => ({
  runNotebooks: async ({ notebooks, outputFolder }: NotebookRun) => {
    keys.now = keys.afterExecution;
    return notebooks.map((path) => {
      const target = join(outputFolder, basename(path));
      cpSync(path, target);
      executions.push(basename(path));
      return target;
    });
  },
}));
afterAll(() => rmSync(clone.root, { recursive: true }));

const at = (...parts: string[]) => join(clone.root, ...parts);
const edition = ".cache/editions/reference";

function put(path: string, text: string): void {
  mkdirSync(join(at(path), ".."), { recursive: true });
  writeFileSync(at(path), text);
}
function notebook(source: string, output: string): string {
  const outputs = [{ output_type: "stream", name: "stdout", text: output }];
  const cell = { cell_type: "code", id: "a", metadata: {}, source, outputs, execution_count: 1 };
  return JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
}
/** Which output is committed, by file. */
function committed(): { readonly [file: string]: string } {
  const files = ["notebooks", "figures"].flatMap((folder) =>
    existsSync(at(folder)) ? readdirSync(at(folder)).map((name) => `${folder}/${name}`) : [],
  );
  return Object.fromEntries(
    files.sort().map((name) => [name, /old|new|edited|mine/.exec(readFileSync(at(name), "utf8"))?.[0] ?? ""]),
  );
}

const files = ["notebooks/01-a.ipynb", "notebooks/02-b.ipynb", "figures/a.svg", "figures/b.svg"];
const strangers = { "notebooks/00-start-here.ipynb": "mine", "notebooks/notes.txt": "mine" };
const all = (state: string) => ({ ...strangers, ...Object.fromEntries(files.map((name) => [name, state])) });
const content = (name: string, state: string) => (name.endsWith(".svg") ? state : notebook(name, state));

beforeEach(() => {
  renames.left = Number.POSITIVE_INFINITY;
  Object.assign(keys, { now: "key", afterExecution: "key" });
  executions.splice(0);
  for (const folder of ["notebooks", "figures", ".cache"])
    rmSync(at(folder), { recursive: true, force: true });
  for (const [name, text] of Object.entries(strangers)) put(name, text);
  for (const name of files) {
    put(name, content(name, "old"));
    put(`${edition}/${name}`, content(name, "new"));
  }
});

const executeNext = () => executeEdition("this-host", at("data"), { only: "01" });

test("what is kept takes the place of what was committed, and nothing else", () => {
  keepReference();
  expect(committed()).toEqual(all("new"));
  expect(readdirSync(at(".cache", "editions"))).toEqual(["reference"]);
});

test("killed at any moment, notebooks and figures are kept together or not at all: the next execution puts it right", async () => {
  const states: string[] = [];
  for (let moment = 0; isKilledAfter(moment); moment++) {
    await executeNext();
    const kept = moment === 0 ? "old" : "new";
    expect(committed(), `after ${moment} renames`).toEqual(all(kept));
    states.push(kept);
  }
  // Two notebooks, and the folder of the figures, whose former goes aside.
  expect(states).toEqual(["old", "new", "new", "new", "new"]);
});

function isKilledAfter(moment: number): boolean {
  for (const name of files) put(name, content(name, "old"));
  renames.left = moment;
  try {
    keepReference();
    return false;
  } catch (error) {
    expect(String(error)).toContain("killed");
    return true;
  } finally {
    renames.left = Number.POSITIVE_INFINITY;
  }
}

test("a notebook that somebody changed meanwhile stays as it is, and is named", async () => {
  put("notebooks/02-b.ipynb", notebook("edited", "edited"));
  expect(keepReference).toThrow(
    "notebook was changed while it was executed: 02-b; run `make notebooks` again",
  );
  expect(committed()).toEqual({ ...all("new"), "notebooks/02-b.ipynb": "edited" });
  rmSync(at("notebooks/02-b.ipynb"));
  expect(keepReference).toThrow("02-b");
  expect(existsSync(at("notebooks/02-b.ipynb"))).toBe(false);
});

test("one that was changed after a kill is not overwritten by what was to be kept before", async () => {
  renames.left = 2;
  expect(keepReference).toThrow("killed");
  put("notebooks/02-b.ipynb", notebook("edited", "edited"));
  renames.left = Number.POSITIVE_INFINITY;
  await executeNext();
  expect(committed()).toEqual({ ...all("new"), "notebooks/02-b.ipynb": "edited" });
});

test.each([
  { afterExecution: "key", again: [] },
  { afterExecution: "another key", again: ["01-a.ipynb", "02-b.ipynb"] },
])("what was executed is taken the next time, unless something changed meanwhile: %o", async (moment) => {
  keys.afterExecution = moment.afterExecution;
  await executeEdition("this-host", at("data"), { fresh: true });
  executions.splice(0);
  await executeEdition("this-host", at("data"));
  expect(executions).toEqual(moment.again);
});

test("one notebook alone does not vouch for others that were never executed on this data set and code", async () => {
  const identity = at(".cache/editions/this-host/identity");
  await executeNext();
  expect(existsSync(identity)).toBe(false);
  await executeEdition("this-host", at("data"));
  expect(existsSync(identity)).toBe(true);
  await executeNext();
  expect(existsSync(identity)).toBe(true);
  put("notebooks/02-b.ipynb", notebook("02-b", "edited"));
  await executeNext();
  expect(existsSync(identity)).toBe(false);
  Object.assign(keys, { now: "of other data", afterExecution: "of other data" });
  await executeEdition("this-host", at("data"), { fresh: true });
  Object.assign(keys, { now: "of yet other data", afterExecution: "of yet other data" });
  await executeNext();
  expect(existsSync(identity)).toBe(false);
});

test("an execution tells which notebooks were chosen", async () => {
  expect(await executeNext()).toEqual([at("notebooks/01-a.ipynb")]);
  expect(await executeEdition("this-host", at("data"))).toHaveLength(2);
});
