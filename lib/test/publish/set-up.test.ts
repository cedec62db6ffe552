import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { localData } from "../../src/tables/data-folder.ts";
import { clone, finishedClone, make, put, useClones } from "./made-clone.ts";

useClones();

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
