import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { identifyCode } from "../../src/harness/code-identity.ts";
import type { Job } from "../../src/harness/job.ts";
import { runJob } from "../../src/harness/run-job.ts";
import { readModuleGraph } from "../../src/measure/module-graph.ts";
import { projectRoot } from "../../src/measure/project-root.ts";

const files = {
  "experiment.js":
    'import { beside } from "./kit/beside.js";\nimport { run } from "./run.js";\nexport const experiment = () => run(beside);\n',
  "run.js":
    'import { entryBeside } from "./entry.js";\nexport const run = (beside) => entryBeside(import.meta.url, "worker", beside);\n',
  "entry.js": "export const entryBeside = (url, name) => url + name;\n",
  "worker.js": 'import { hold } from "./kit/hold.js";\nhold(50);\n',
  "kit/beside.js": "export const beside = 1;\n",
  "kit/hold.js": "export function hold(ms) {\n  return ms;\n}\n",
  "unrelated.js": "export const unrelated = 1;\n",
};

type Files = Readonly<Record<string, string>>;

function written(changes: Files = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "identity-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "kit"));
  for (const [name, text] of Object.entries({ ...files, ...changes }))
    writeFileSync(join(folder, name), text);
  return folder;
}

const identity = (folder: string, entry = "experiment.js") =>
  identifyCode(pathToFileURL(join(folder, entry))).sha256;

test("a run's modules are those it imports and those its threads are started with, and no others", () => {
  const folder = written();
  const paths = readModuleGraph([join(folder, "experiment.js")]).map(({ path }) =>
    path.slice(folder.length + 1),
  );
  expect(paths.sort()).toEqual([
    "entry.js",
    "experiment.js",
    "kit/beside.js",
    "kit/hold.js",
    "run.js",
    "worker.js",
  ]);
});

test.each([
  ["an import of an import", { "kit/beside.js": "export const beside = 2;\n" }],
  ["what a thread imports", { "kit/hold.js": "export function hold(ms) {\n  return 2 * ms;\n}\n" }],
  [
    "which module a name comes from",
    {
      "experiment.js": files["experiment.js"].replace("./kit/beside.js", "./other.js"),
      "other.js": "export const beside = 3;\n",
    },
  ],
  [
    "which name is imported",
    {
      "experiment.js":
        'import { beside as run } from "./kit/beside.js";\nimport { run as beside } from "./run.js";\nexport const experiment = () => run(beside);\n',
    },
  ],
  [
    "a module for its side effects",
    { "experiment.js": `import "./unrelated.js";\n${files["experiment.js"]}` },
  ],
])("another %s is another identity", (_, changes) => {
  expect(identity(written(changes))).not.toBe(identity(written()));
});

test.each([
  [
    "comments and layout",
    {
      "run.js":
        '// why\nimport { entryBeside } from "./entry.js";\nexport const run = (beside) =>\n  entryBeside(import.meta.url, "worker", beside);\n',
    },
  ],
  [
    "the order of imports",
    {
      "experiment.js":
        'import { run } from "./run.js";\nimport { beside } from "./kit/beside.js";\nexport const experiment = () => run(beside);\n',
    },
  ],
  ["a module that no run loads", { "unrelated.js": "export const unrelated = 2;\n" }],
])("%s do not count", (_, changes) => {
  expect(identity(written(changes))).toBe(identity(written()));
});

test("files that move, with the imports that follow them, keep the identity", () => {
  const moved = written({
    "experiment.js": files["experiment.js"].replace("./kit/beside.js", "./tools/next-to.js"),
    "run.js": files["run.js"].replace('"worker"', '"tools/thread"'),
  });
  cpSync(join(moved, "kit"), join(moved, "tools"), { recursive: true });
  renameSync(join(moved, "tools", "beside.js"), join(moved, "tools", "next-to.js"));
  writeFileSync(join(moved, "tools", "thread.js"), files["worker.js"].replace("./kit/hold.js", "./hold.js"));
  rmSync(join(moved, "kit"), { recursive: true });
  expect(identity(moved)).toBe(identity(written()));
});

test("nothing that a run's process and its threads load is missing from its modules", async () => {
  const folder = mkdtempSync(join(tmpdir(), "loaded-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const log = join(folder, "log");
  const source = join(projectRoot, "lib", "src");
  writeFileSync(
    join(folder, "tell.mjs"),
    `import { appendFileSync } from "node:fs";
import { registerHooks } from "node:module";
registerHooks({
  load(url, context, next) {
    appendFileSync(${JSON.stringify(log)}, url + "\\n");
    return next(url, context);
  },
});
`,
  );
  const module = join(source, "studies", "remedies", "experiment.ts");
  const scenario = { job: "sleep", remedy: "isolated", callers: "patient", payloadKiB: 0 };
  const job: Job = { run: 0, block: 0, order: 0, seed: 1, part: "base", scenario };
  const request = {
    module: pathToFileURL(module).href,
    job,
    plan: "plan",
    beganMs: 0,
    path: join(folder, "part"),
  };
  const end = await runJob(
    request,
    [process.execPath, "--import", join(folder, "tell.mjs")],
    500_000,
    new AbortController().signal,
  );
  expect(end).toEqual({ kind: "finished" });
  const loaded = readFileSync(log, "utf8")
    .split("\n")
    .filter((url) => url.startsWith(pathToFileURL(source).href));
  const entries = [module, join(source, "harness", "run-process.ts")];
  const known = new Set(readModuleGraph(entries).map(({ path }) => pathToFileURL(path).href));
  expect(loaded.filter((url) => url.includes("remedy-worker"))).not.toEqual([]);
  expect([...new Set(loaded)].filter((url) => !known.has(url))).toEqual([]);
});

test("the watch's own thread and what it runs in workers are among the modules that measure it", () => {
  const watch = join(projectRoot, "lib", "watch", "dist");
  const module = join(projectRoot, "lib", "src", "studies", "watch", "experiment.ts");
  const paths = readModuleGraph([module]).map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      join(watch, "watchdog", "watchdog-thread.js"),
      join(watch, "watchdog", "pool-tracker.js"),
      join(watch, "worker", "pool-task.js"),
    ]),
  );
});
