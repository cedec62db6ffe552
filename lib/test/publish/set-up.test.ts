import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

const VALUES = ".cache/editions/reference/values.json";
const OUTPUTS = ["index.html", "article.pdf", "figs/one.svg"].map((name) => `article/build/${name}`);
/** Stands for the study: makes what the notebooks and the article make. */
const NODE = `#!/bin/sh
case "$*" in
  *notebooks) made=${VALUES};;
  *article) made="${OUTPUTS.join(" ")} article/SHA256SUMS"; rm -rf article/build;;
esac
for file in $made; do mkdir -p "$(dirname $file)"; echo made > $file; done
`;
let clone = "";
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "set-up-"));
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

function put(name: string, text = ""): void {
  mkdirSync(dirname(join(clone, name)), { recursive: true });
  writeFileSync(join(clone, name), text);
}

/** A clone in which everything is installed and made. */
function finishedClone(): void {
  const made = [
    ...["package.json", "package-lock.json", "lib/package.json", "lib/tsconfig.json", "tsconfig.json"],
    ...["lib/watch/package.json", "lib/watch/tsconfig.json", "lib/watch/src/a.ts"],
    ...["lib/requirements.txt", "article/article.md", "article/front.md", "article/references.bib"],
    ...["article/sections/a.md", "article/listings/a.ts"],
    ...["lib/src/a.ts", "article/template/a.css", "data/reference/a", "data/published/a"],
    "node_modules/.package-lock.json",
    ...["library", "kernel"].map((name) => `.cache/stamps/${name}`),
  ];
  for (const [second, name] of made.entries()) {
    put(name);
    utimesSync(join(clone, name), second, second);
  }
  put("node_modules/.bin/node", NODE);
  chmodSync(join(clone, "node_modules/.bin/node"), 0o755);
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

test("an edition beside the reference is no part of what make article builds", () => {
  finishedClone();
  put("article/build/this-host/index.html");
  expect(make(["-n", "article"])).not.toContain("main.js");
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
    "node_modules/part/part.js",
    "node_modules/.bin/part",
    "node_modules/tool/package.json",
    "lib/ran",
    "lib/runtimes/node_modules/runtime/package.json",
  ])
    expect(existsSync(join(clone, made)), made).toBe(true);
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
