import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { outputFolder } from "../../src/cli/chosen-output.ts";
import { stepsHere } from "../../src/cli/new-study.ts";
import { checkStudyName, readTemplate } from "../../src/cli/study-template.ts";
import { writeStudyElsewhere, writeStudyHere } from "../../src/cli/write-study.ts";
import { projectAround, projectRoot } from "../../src/measure/project-root.ts";
import { readNotebook } from "../../src/publish/notebook.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "new-study-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const repository = {
  "lib/src/studies/order.ts": 'export const order = [\n  "remedies",\n] as const;\n',
  "article/article.md": ":::{include} sections/remedies.md\n:::\n\n:::{include} sections/claims.md\n:::\n",
  "notebooks/08-remedies.ipynb": "{}",
  "notebooks/09-claims.ipynb": "{}",
};

const filesIn = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));

test("names are kebab case, and no words of the language", () => {
  for (const name of ["checkout", "checkout-pool", "pool2-wait"]) {
    expect(() => checkStudyName(name)).not.toThrow();
  }
  for (const name of [
    "",
    "Checkout",
    "check_out",
    "-pool",
    "pool-",
    "pool--wait",
    "../pool",
    "2-pools",
    "pool-2",
  ]) {
    expect(() => checkStudyName(name)).toThrow(
      `study name must be kebab case, as in checkout-pool; got ${name}`,
    );
  }
  expect(() => checkStudyName("delete")).toThrow("must not be a word of the language; got delete");
});

test("names that the template uses itself would leave a study that does not compile", () => {
  for (const name of ["experiment", "define-study", "entry-beside", "data", "waits", "show"]) {
    expect(() => checkStudyName(name), name).toThrow(
      `study name is one that the template uses itself: ${name}; choose another`,
    );
  }
});

test("nothing of the template's own name is left", () => {
  const text = readTemplate("checkout-pool").map((file) => file.text);
  expect(text.join("\n")).not.toMatch(/template.?study/i);
  expect(text.join("\n")).toContain("export const checkoutPool = defineStudy");
});

test("here, a study gets its folder, test, notebook and section, and a place among the others", () => {
  const root = folderWith(repository);
  const written = writeStudyHere(root, "checkout-pool");
  expect(filesIn(root)).toEqual(expect.arrayContaining(written));
  const text = (path: string) => readFileSync(join(root, path), "utf8");
  expect(text("lib/src/studies/order.ts")).toBe(
    'export const order = [\n  "remedies",\n  "checkout-pool",\n] as const;\n',
  );
  expect(text("article/article.md")).toContain(
    ":::{include} sections/checkout-pool.md\n:::\n\n:::{include} sections/claims.md",
  );
  expect(text("article/sections/checkout-pool.md")).toMatch(/^\(sec-checkout-pool\)=\n# Checkout pool\n/);
  const cells = readNotebook(join(root, "notebooks/10-checkout-pool.ipynb")).cells;
  expect(cells.map(({ id }) => id)).toContain("checkout-pool-waits");
});

test("here, every module imports what is there", () => {
  const root = folderWith(repository);
  const modules = writeStudyHere(root, "checkout-pool").filter((path) => /checkout-pool\/.*\.ts$/.test(path));
  const missing = modules.flatMap((path) =>
    [...readFileSync(join(root, path), "utf8").matchAll(/ from "(\.[^"]+)"/g)]
      .map(([, specifier = ""]) => join(dirname(path), specifier))
      .filter((target) => !existsSync(join(root, target)) && !existsSync(join(projectRoot, target))),
  );
  expect(modules).toHaveLength(10);
  expect(missing).toEqual([]);
});

test("what is there already is never overwritten, and then nothing is written", () => {
  for (const [path, taken] of [
    ["lib/src/studies/checkout/run.ts", "lib/src/studies/checkout"],
    ["article/sections/checkout.md", "article/sections/checkout.md"],
    ["notebooks/03-checkout.ipynb", "notebooks/03-checkout.ipynb"],
  ] as const) {
    const root = folderWith({ ...repository, [path]: "mine" });
    const before = filesIn(root);
    expect(() => writeStudyHere(root, "checkout")).toThrow(`file exists: ${taken}; choose another name`);
    expect(filesIn(root)).toEqual(before);
    expect(readFileSync(join(root, path), "utf8")).toBe("mine");
  }
  const project = folderWith({ "studies/checkout/run.ts": "mine" });
  expect(() => writeStudyElsewhere(project, "checkout")).toThrow("file exists: studies/checkout");
  expect(filesIn(project)).toEqual(["studies/checkout/run.ts"]);
});

test("an article without a place for a study is left as it is", () => {
  const root = folderWith({ ...repository, "article/article.md": "nothing\n" });
  expect(() => writeStudyHere(root, "checkout")).toThrow("article/article.md has no place for a study");
  expect(existsSync(join(root, "lib/src/studies/checkout"))).toBe(false);
});

test("elsewhere, the measured half imports what measures, and the other half what reads", () => {
  const root = folderWith({});
  writeStudyElsewhere(root, "checkout");
  const imports = (file: string) =>
    [...readFileSync(join(root, "studies/checkout", file), "utf8").matchAll(/from "([^".][^"]*)"/g)].map(
      ([, specifier]) => specifier,
    );
  expect(imports("experiment.ts")).toEqual(["scheduling-safety/measure"]);
  expect(imports("worker.ts")).toEqual(["scheduling-safety/measure"]);
  expect(imports("claims.ts")).toEqual(["scheduling-safety/study"]);
  expect(imports("index.ts")).toEqual(["scheduling-safety/study"]);
  expect(() => writeStudyElsewhere(join(root, "no-such"), "checkout")).toThrow("folder is missing");
});

test("a project is the nearest folder with studies or installed packages, or where one stands", () => {
  const root = folderWith({ "shop/studies/checkout/run.ts": "", "shop/data/x": "", "node_modules/x": "" });
  expect(projectAround(join(root, "shop", "studies", "checkout"))).toBe(join(root, "shop"));
  expect(projectAround(join(root, "shop", "data"))).toBe(join(root, "shop"));
  expect(projectAround(root)).toBe(root);
});

test("the command that measures a new study for the reference is one that is taken", () => {
  const [line = ""] = stepsHere("checkout-pool").filter((step) => step.startsWith("Measure: "));
  const [, folder = ""] = /--out (\S+)/.exec(line) ?? [];
  const isSaid = line.includes(" --replace-reference");
  expect(outputFolder(folder.replace("<host>", "new-host"), ["checkout-pool"], isSaid)).toBe(
    join(projectRoot, "data", "reference", "new-host"),
  );
});
