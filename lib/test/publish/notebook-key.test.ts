import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { EarlierExecutions } from "../../src/publish/earlier-executions.ts";
import { exportedModules } from "../../src/publish/exported-modules.ts";
import type { Notebook } from "../../src/publish/notebook.ts";
import { importedNames, notebookKey } from "../../src/publish/notebook-key.ts";

const { hosts } = vi.hoisted(() => ({ hosts: { none: false } }));
vi.mock("../../src/tables/data-folder.ts", async (original) => {
  const real = await original<typeof import("../../src/tables/data-folder.ts")>();
  return { ...real, hostFolders: (folder?: string) => (hosts.none ? [] : real.hostFolders(folder)) };
});

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), "data-"));
  for (const study of ["remedies", "libuv-pool"]) {
    mkdirSync(join(data, study));
    writeFileSync(join(data, study, "samples.arrow"), study);
  }
});
afterEach(() => rmSync(data, { recursive: true }));

function notebook(source: string, outputs: readonly object[] = []): Notebook {
  const cells = [{ cell_type: "code", id: "first", metadata: {}, source, outputs, execution_count: null }];
  return JSON.parse(JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
}

const source = 'import { remedies, show } from "scheduling-safety";\nremedies.load();';

test("names are found wherever a cell imports them", () => {
  expect(importedNames(notebook(source))).toEqual(["remedies", "show"]);
});

test("every name that the library exports leads to the module that has it", () => {
  const modules = exportedModules();
  expect(modules.get("libuvPool")).toMatch(/studies\/libuv-pool\/index\.ts$/);
  expect(modules.get("studies")).toMatch(/studies\/catalogue\.ts$/);
  expect(modules.get("show")).toMatch(/publish\/show\.ts$/);
});

test("outputs are no part of the key; the source and the tables of the imported studies are", () => {
  const key = notebookKey(notebook(source), data);
  expect(notebookKey(notebook(source, [{ output_type: "stream", name: "stdout", text: "x" }]), data)).toBe(
    key,
  );
  expect(notebookKey(notebook(`${source}\n`), data)).not.toBe(key);
  writeFileSync(join(data, "libuv-pool", "samples.arrow"), "other");
  expect(notebookKey(notebook(source), data)).toBe(key);
  writeFileSync(join(data, "remedies", "samples.arrow"), "other");
  expect(notebookKey(notebook(source), data)).not.toBe(key);
});

test("who imports all studies depends on the tables of all", () => {
  const all = notebook('import { studies } from "scheduling-safety";');
  const key = notebookKey(all, data);
  writeFileSync(join(data, "libuv-pool", "samples.arrow"), "other");
  expect(notebookKey(all, data)).not.toBe(key);
});

test("what a cell opens by its path is part of the key, a folder's files or one file", () => {
  const path = `data/${relative(join(projectRoot, "data"), join(data, "remedies"))}`;
  for (const opened of [path, `${path}/samples.arrow`]) {
    const opening = notebook(`${source.replace("remedies, ", "")}\nwatch.openTrace("${opened}");`);
    writeFileSync(join(data, "remedies", "samples.arrow"), "one");
    const key = notebookKey(opening, data);
    expect(notebookKey(opening, data)).toBe(key);
    writeFileSync(join(data, "remedies", "samples.arrow"), "other");
    expect(notebookKey(opening, data)).not.toBe(key);
  }
});

test("what sets hosts beside each other depends on every reference host's tables, whatever data set stands beside them", () => {
  const beside = notebook('import { foldersBeside } from "scheduling-safety";');
  expect(notebookKey(beside, data)).not.toBe(keyWithoutReferences(beside));
});

/** The key in a project that has the same data set and no reference host. */
function keyWithoutReferences(beside: Notebook): string {
  hosts.none = true;
  try {
    return notebookKey(beside, data);
  } finally {
    hosts.none = false;
  }
}

test("what another reference host has of a simulated study is part of the key", () => {
  const reference = join(projectRoot, "data", "reference", "intel-xeon-2-cores");
  const importing = (name: string) => notebook(`import { ${name} } from "scheduling-safety";`);
  const same = (name: string) =>
    notebookKey(importing(name), reference) === notebookKey(importing(name), data);
  // That host has no such tables itself.
  expect(same("simulatedPools")).toBe(false);
  expect(same("show")).toBe(true);
});

test("an execution is found again by what went into it, not by its time, and an outdated one is forgotten", () => {
  const [folder, path] = [join(data, "kept"), join(data, "01-one.ipynb")];
  writeFileSync(path, JSON.stringify(notebook(source)));
  cpSync(path, join(data, "executed"));
  const first = new EarlierExecutions(folder, data);
  expect(first.has(path)).toBe(false);
  first.keep(path, join(data, "executed"));
  expect(new EarlierExecutions(folder, data).has(path)).toBe(true);
  writeFileSync(path, JSON.stringify(notebook(`${source} `)));
  const second = new EarlierExecutions(folder, data);
  expect(second.has(path)).toBe(false);
  second.keep(path, join(data, "executed"));
  writeFileSync(path, JSON.stringify(notebook(source)));
  expect(new EarlierExecutions(folder, data).has(path)).toBe(false);
});
