import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

/** A clone whose build is as old as its sources; stands for the compiler: writes another build. */
function builtClone() {
  const folder = mkdtempSync(join(tmpdir(), "built-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const put = (name: string, text = "") => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  cpSync(join(projectRoot, "lib", "bin"), join(folder, "bin"), { recursive: true });
  put("node_modules/typescript/package.json", "{}");
  put(
    "node_modules/typescript/bin/tsc",
    `require("fs").writeFileSync(${JSON.stringify(join(folder, "dist/cli/main.js"))}, 'console.log("as the sources are")');`,
  );
  put("dist/cli/main.js", 'console.log("as they were")');
  for (const part of ["", "watch/"]) {
    put(`${part}tsconfig.json`, "{}");
    put(`${part}src/deep/a.ts`);
    put(`${part}dist/.tsbuildinfo`);
    for (const path of ["src", "src/deep", "src/deep/a.ts"]) utimesSync(join(folder, part, path), 1, 1);
    utimesSync(join(folder, part, "dist/.tsbuildinfo"), 2, 2);
  }
  const command = () => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, "bin/scheduling-safety.mjs")], {
      encoding: "utf8",
    });
    return { stdout: stdout.trim(), stderr: stderr.trim() };
  };
  return { folder, command };
}

test("a build is used as it is while no source is newer", () => {
  expect(builtClone().command()).toEqual({ stdout: "as they were", stderr: "" });
});

test.each(["src/deep/a.ts", "watch/src/deep/a.ts"])(
  "where %s has changed since, the command builds first, once: no run is told as of a code that it is not of",
  (name) => {
    const { folder, command } = builtClone();
    writeFileSync(join(folder, name), "changed");
    expect(command()).toEqual({ stdout: "as the sources are", stderr: "building the library" });
    expect(command()).toEqual({ stdout: "as the sources are", stderr: "" });
  },
);

test("a published package brings its build, whatever the dates of its files are", () => {
  const { folder, command } = builtClone();
  rmSync(join(folder, "tsconfig.json"));
  rmSync(join(folder, "watch"), { recursive: true });
  writeFileSync(join(folder, "src/deep/a.ts"), "changed");
  expect(command()).toEqual({ stdout: "as they were", stderr: "" });
});
