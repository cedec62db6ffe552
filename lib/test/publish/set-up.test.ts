import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { localData } from "../../src/tables/data-folder.ts";

const VALUES = ".cache/editions/reference/values.json";
const OUTPUTS = ["index.html", "article.pdf", "figs/one.svg"].map((name) => `article/build/${name}`);
/** Stands for the study: makes what the notebooks and the article make. */
const NODE = `case "$*" in
  *notebooks) made=${VALUES};;
  *article) made="${OUTPUTS.join(" ")} article/SHA256SUMS"; rm -rf article/build;;
esac
for file in $made; do mkdir -p "$(dirname $file)"; echo made > $file; done`;
let clone = "";
beforeEach(() => {
  // With what a shell would split, or take for two.
  clone = mkdtempSync(join(tmpdir(), "set up-"));
  cpSync(join(projectRoot, "Makefile"), join(clone, "Makefile"));
});
afterEach(() => rmSync(clone, { recursive: true }));

function make(args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
  return execFileSync("make", args, {
    cwd: clone,
    encoding: "utf8",
    env: { ...process.env, MAKEFLAGS: "", ...env },
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** What a make that may fail says, and how it ends. */
function ending(args: readonly string[], env: NodeJS.ProcessEnv) {
  const { status, stdout, stderr } = spawnSync("make", args, {
    cwd: clone,
    encoding: "utf8",
    env: { ...process.env, MAKEFLAGS: "", ...env },
  });
  return { status, stdout, stderr };
}

function program(name: string, ...lines: readonly string[]): void {
  put(name, ["#!/bin/sh", ...lines, ""].join("\n"));
  chmodSync(join(clone, name), 0o755);
}

function put(name: string, text = ""): void {
  mkdirSync(dirname(join(clone, name)), { recursive: true });
  writeFileSync(join(clone, name), text);
}

/** A clone in which everything is installed and made. */
function finishedClone(): void {
  const made = [
    ...["package.json", "package-lock.json", "lib/package.json", "lib/tsconfig.json", "tsconfig.json"],
    ...["lib/watch/package.json", "lib/watch/tsconfig.json", "lib/watch/src/a.ts"],
    ...[
      "lib/requirements.txt",
      "requirements-lab.txt",
      "article/article.md",
      "article/front.md",
      "article/references.bib",
    ],
    ...["article/sections/a.md", "article/listings/a.ts"],
    ...["lib/src/a.ts", "article/template/a.css", "data/reference/a", "data/published/a"],
    "node_modules/.package-lock.json",
    ...["library", "kernel"].map((name) => `.cache/stamps/${name}`),
  ];
  for (const [second, name] of made.entries()) {
    put(name);
    utimesSync(join(clone, name), second, second);
  }
  program("node_modules/.bin/node", NODE);
  make(["article"]);
}

test.each([
  ["is gone", () => undefined],
  ["is empty", (file: string) => writeFileSync(file, "")],
  ["has other bytes", (file: string) => writeFileSync(file, "mad\n")],
  ["is a folder", (file: string) => mkdirSync(file)],
  ["leads elsewhere", (file: string) => symlinkSync("/dev/null", file)],
])(
  "make article builds nothing where everything is as it was made, and all of it where a file %s",
  (_, harm) => {
    finishedClone();
    expect(make(["-n", "article"])).not.toContain("main.js");
    for (const name of [...OUTPUTS, "article/SHA256SUMS"]) {
      rmSync(join(clone, name));
      harm(join(clone, name));
      expect(make(["-n", "article"])).toContain("node lib/dist/cli/main.js article");
      rmSync(join(clone, name), { recursive: true, force: true });
      make(["article"]);
      expect(readFileSync(join(clone, name), "utf8")).toBe("made\n");
    }
    rmSync(join(clone, VALUES));
    harm(join(clone, VALUES));
    expect(make(["-n", "article"])).toContain("node lib/dist/cli/main.js notebooks");
  },
);

test.each([
  ["a sentence is saved while the article is built", "article/sections/a.md", "article", "article"],
  ["a table is saved while notebooks are executed", "data/reference/a", "notebooks", "notebooks"],
])("%s: the next make makes it anew", (_, file, during, again) => {
  finishedClone();
  put("node_modules/.bin/node", `${NODE}\ncase "$*" in *${during}) echo saved >> ${file};; esac`);
  put(file, "changed");
  make(["article"]);
  program("node_modules/.bin/node", NODE);
  expect(make(["-n", "article"])).toContain(`node lib/dist/cli/main.js ${again}`);
  make(["article"]);
  expect(make(["-n", "article"])).not.toContain("main.js");
});

test.each([
  ["notebooks", "data/reference/a"],
  ["article", "article/sections/a.md"],
])(
  "make article asks for %s where something came that is older than the last make, or something is gone",
  (again, file) => {
    finishedClone();
    const older = join(dirname(file), `older${extname(file)}`);
    put(older);
    utimesSync(join(clone, older), 1, 1);
    expect(make(["-n", "article"])).toContain(`node lib/dist/cli/main.js ${again}`);
    make(["article"]);
    rmSync(join(clone, older));
    expect(make(["-n", "article"])).toContain(`node lib/dist/cli/main.js ${again}`);
  },
);

test("one notebook alone says nothing of the others: the article asks for them all", () => {
  finishedClone();
  put("data/reference/b");
  make(["notebooks", "NOTEBOOK=07"]);
  expect(make(["-n", "article"])).toContain("node lib/dist/cli/main.js notebooks");
  make(["notebooks"]);
  expect(make(["-n", "article"])).not.toContain("node lib/dist/cli/main.js notebooks");
});

test("an edition beside the reference is no part of what make article builds", () => {
  finishedClone();
  put("article/build/this-host/index.html");
  expect(make(["-n", "article"])).not.toContain("main.js");
});

test.each(["published", "simulated", "traces", "something-new"])(
  "the notebooks are executed again where data/%s has changed, but not after a run of this host's",
  (folder) => {
    finishedClone();
    put("data/local/full/a");
    put("data/fleet/host/controls/a");
    put("data/fleet-server/database/postmaster.pid");
    put("data/local host/a"); // to make it would be two names
    expect(make(["-n", "article"])).not.toContain("main.js");
    put(`data/${folder}/b`);
    expect(make(["-n", "article"])).toContain("node lib/dist/cli/main.js notebooks");
  },
);

test("in a clone below a folder with a blank, paths reach the commands whole", () => {
  finishedClone();
  expect(make(["-n", "lab"])).toContain(
    `--FileCheckpoints.checkpoint_dir="${clone}/.cache/jupyter/checkpoints"`,
  );
  put("node_modules/.bin/node", '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  const told = make(["reproduce", "DATA=my data"]).split("\n");
  expect(told.filter((word) => word === "my data")).toHaveLength(4);
  expect(told).not.toContain("my");
});

test("make puts data where the command line puts them of itself", () => {
  finishedClone();
  put("node_modules/.bin/node", '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  for (const [target, folder] of [
    ["data", "quick"],
    ["decide", "sequential"],
  ] as const) {
    const told = make([target, "PROFILE=quick"]).split("\n");
    expect(told[told.indexOf("--out") + 1]).toBe(relative(projectRoot, join(localData, folder)));
  }
});

test("make faults runs every test that kills more if FAULTS asks for it", () => {
  finishedClone();
  const named = make(["-n", "faults"]).match(/\blib\/test\/\S+/g) ?? [];
  const asking = readdirSync(join(projectRoot, "lib/test"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `lib/test/${name}`)
    .filter((path) => /process\.env\["FAULTS"\]/.test(readFileSync(join(projectRoot, path), "utf8")));
  expect(asking).not.toEqual([]);
  expect(asking.filter((path) => !named.some((part) => path.startsWith(part)))).toEqual([]);
});

test("the user's settings for other projects decide nothing in make", () => {
  put("environment.mk", "include Makefile\nenvironment:\n\t@env\n");
  const environment = make(["-f", "environment.mk", "environment"], {
    JUPYTER_PATH: "/elsewhere",
    NODE_ENV: "production",
    PIP_USER: "1",
    PYTHONPATH: "/elsewhere",
  }).split("\n");
  expect(environment).toContain(`JUPYTER_PATH=${clone}/.venv/share/jupyter`);
  expect(environment.filter((line) => /^(?:NODE_ENV|PIP_USER|PYTHONPATH)=/.test(line))).toEqual([]);
});

test.each([
  {
    npm_config_bin_links: "false",
    npm_config_dry_run: "true",
    npm_config_package_lock_only: "true",
    npm_config_install_strategy: "linked",
    npm_config_omit: "dev",
    npm_config_workspaces: "false",
  },
  { npm_config_global: "true", npm_config_location: "global", npm_config_workspace: "lib" },
])("packages are installed whole, whatever npm is set to: %o", (settings) => {
  const part = {
    name: "part",
    version: "1.0.0",
    bin: { part: "part.js" },
    scripts: { postinstall: "touch ran" },
  };
  const root = { name: "clone", workspaces: ["lib"], devDependencies: { tool: "file:tool" } };
  const tool = { name: "tool", version: "1.0.0" };
  const link = (resolved: string) => ({ resolved, link: true });
  const packages = {
    "": root,
    lib: part,
    tool,
    "node_modules/part": link("lib"),
    "node_modules/tool": link("tool"),
  };
  put("package.json", JSON.stringify(root));
  put("package-lock.json", JSON.stringify({ name: "clone", lockfileVersion: 3, packages }));
  put("lib/package.json", JSON.stringify(part));
  put("lib/part.js");
  put("lib/watch/package.json", "{}");
  put("tool/package.json", JSON.stringify(tool));
  const runtimes = { name: "runtimes", optionalDependencies: { runtime: "file:runtime" } };
  const runtime = { "": runtimes, runtime: { version: "1.0.0" }, "node_modules/runtime": link("runtime") };
  put("lib/runtimes/package.json", JSON.stringify(runtimes));
  put(
    "lib/runtimes/package-lock.json",
    JSON.stringify({ name: "runtimes", lockfileVersion: 3, packages: runtime }),
  );
  put("lib/runtimes/runtime/package.json", JSON.stringify({ name: "runtime", version: "1.0.0" }));
  make(["node_modules/.package-lock.json", "runtimes"], settings);
  for (const made of [
    ".cache/tmp",
    "node_modules/part/part.js",
    "node_modules/.bin/part",
    "node_modules/tool/package.json",
    "lib/ran",
    "lib/runtimes/node_modules/runtime/package.json",
  ])
    expect(existsSync(join(clone, made)), made).toBe(true);
});

describe("make matrix", () => {
  /** A clone of which nothing is made yet, and the versions of Node and npm that no registry has. */
  function freshClone(study: string): NodeJS.ProcessEnv {
    for (const name of [".ci", "tree/node_modules/.bin", "outside"])
      mkdirSync(join(clone, name), { recursive: true });
    cpSync(join(projectRoot, ".ci", "matrix"), join(clone, ".ci", "matrix"));
    program("bin/npm", "echo no such version >&2; exit 1");
    program("bin/git", `exec tar -c -C "${clone}/tree" .`);
    put("tree/Makefile", ".cache/stamps/kernel:\n\t@echo tree $(CURDIR)\narticle:\n\t@node -p 1\n");
    program("tree/node_modules/.bin/scheduling-safety", study);
    return { PATH: `${clone}/bin:${process.env["PATH"]}`, TMPDIR: `${clone}/outside` };
  }
  const before = () => readdirSync(clone, { recursive: true }).sort();

  test("refuses an unknown cell in a sentence, and touches nothing", () => {
    const env = freshClone("");
    const there = before();
    const { status, stderr } = ending(["matrix", "CELLS=umask-077 nonsense"], env);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: cell is unknown: nonsense; choose from node-20\.19 .* user-settings$/m);
    expect(stderr).not.toContain("mktemp");
    expect(before()).toEqual(there);
  });

  test("stops where it gets no folder of its own", () => {
    const env = { ...freshClone(""), TMPDIR: `${clone}/nowhere` };
    const there = before();
    const { status, stdout, stderr } = ending(["matrix", "CELLS=umask-077"], env);
    expect([status, stdout]).toEqual([2, expect.not.stringContaining("umask-077:")]);
    expect(stderr).toContain("mktemp");
    expect(before()).toEqual(there);
  });

  test("sets cells up outside the clone's .cache, tells what cannot be had, and leaves nothing", () => {
    const env = freshClone("echo $PWD >> $TREES");
    const { status, stdout } = ending(["matrix"], { ...env, TREES: `${clone}/trees` });
    expect(status).toBe(0);
    expect(stdout).toContain("node-22: could not be had\n");
    expect(stdout).toContain("umask-077: passed\nuser-settings: passed\n");
    const trees = readFileSync(join(clone, "trees"), "utf8").trim().split("\n");
    expect(trees.filter((tree) => !tree.startsWith(`${clone}/outside/matrix-`))).toEqual([]);
    expect(readdirSync(join(clone, "outside"))).toEqual([]);
  });

  test("builds the article where each Node that starts has something to say", () => {
    const env = freshClone("");
    put("tree/Makefile", ".cache/stamps/kernel:\narticle:\n\tnode -p 1; exit 1\n");
    const { status, stdout } = ending(["matrix", "CELLS=user-settings"], env);
    expect(status).toBe(2);
    expect(stdout).toContain("a line of the user's");
  });

  test("fails where a cell that was named cannot be had", () => {
    const { status, stdout } = ending(["matrix", "CELLS=npm-10 umask-077"], freshClone(""));
    expect(status).toBe(2);
    expect(stdout).toContain("npm-10: could not be had\nno such version\numask-077: passed\n");
  });

  test.each([1, 2, 3])("takes exit code %i of the study for a failure of that cell alone", (code) => {
    const study = `[ "$1" != notebooks ] || [ $(umask) != 0077 ] || { echo ended badly; exit ${code}; }`;
    const { status, stdout } = ending(["matrix", "CELLS=umask-077 user-settings"], freshClone(study));
    expect(status).toBe(2);
    expect(stdout).toMatch(/^umask-077: failed\n.*ended badly\nuser-settings: passed$/ms);
  });
});

test.skipIf(!existsSync(join(projectRoot, ".git")))(
  "a clone that turns line ends into those of Windows has the committed bytes",
  () => {
    const files = ["Makefile", "article/template/article.js", "figures/blame-verdicts.json"];
    const git = (...args: string[]) => execFileSync("git", args, { cwd: clone, stdio: "ignore" });
    git("-c", "core.autocrlf=true", "clone", "--shared", "--no-checkout", projectRoot, "clone");
    git("-C", "clone", "-c", "core.autocrlf=true", "checkout", "HEAD", "--", ".gitattributes", ...files);
    for (const name of files) {
      expect(readFileSync(join(clone, "clone", name), "utf8")).not.toContain("\r");
    }
  },
);
