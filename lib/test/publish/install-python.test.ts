import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { installPython } from "../../src/publish/install-python.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "python-"));
  writeFileSync(join(root, "requirements.txt"), "nothing-at-all==0\n");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

function usePython(script: string): void {
  const path = join(root, "python3");
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  vi.stubEnv("PYTHON", path);
}
const install = () => installPython(join(root, "requirements.txt"), root);

test("no Python is told with what to install", () => {
  vi.stubEnv("PYTHON", join(root, "nowhere"));
  expect(install).toThrow(
    /must be Python 3\.10 or newer; found none; install it .*apt-get install python3 python3-venv/,
  );
});

test("an old Python is told with its version", () => {
  usePython("echo 3 9");
  expect(install).toThrow("must be Python 3.10 or newer; found Python 3.9");
});

test("a Python without venv is told with what to install, and leaves no half-made environment", () => {
  usePython(
    'case "$1" in -c) echo 3 12;; *) mkdir -p "$3/bin"; echo ensurepip is not available; exit 1;; esac',
  );
  expect(install).toThrow(
    /install its venv module \(Debian, Ubuntu: apt-get install python3-venv\)\nensurepip is not available/,
  );
  expect(existsSync(join(root, ".venv"))).toBe(false);
});

/** Uses a pip that lists no settings, and runs a script to install. */
function usePip(script: string): void {
  const python = `#!/bin/sh\ncase "$*" in *"pip install"*) ${script};; esac\n`;
  usePython(
    `case "$1" in -c) echo 3 12;; *) mkdir -p "$3/bin"; touch "$3/bin/pip"; cat > "$3/bin/python" <<'END'\n${python}END\nchmod +x "$3/bin/python";; esac`,
  );
}

test("the user's pip installs into the environment, and JavaScript in it is CommonJS", () => {
  vi.stubEnv("PIP_USER", "1");
  vi.stubEnv("PIP_TARGET", "/elsewhere");
  vi.stubEnv("PYTHONPATH", "/elsewhere");
  usePip(`echo "$PIP_USER $PIP_TARGET $PYTHONPATH" >> ${join(root, "pip.log")}`);
  install();
  expect(readFileSync(join(root, "pip.log"), "utf8").trim()).toBe("0");
  expect(JSON.parse(readFileSync(join(root, ".venv", "package.json"), "utf8"))).toEqual({ type: "commonjs" });
});

test("pip gets a second chance with its own retries, and is not asked again once it is done", () => {
  usePip(`echo "$@" >> ${join(root, "pip.log")}; case "$*" in *retries*) exit 1;; esac`);
  install();
  install();
  const calls = readFileSync(join(root, "pip.log"), "utf8").trim().split("\n");
  expect(calls.map((call) => call.includes("--retries 0"))).toEqual([true, false]);
});

test("what pip says it installed, but is not there, is told, and installed the next time", () => {
  usePip(":");
  const path = join(root, "python3");
  writeFileSync(path, readFileSync(path, "utf8").replace('case "$*" in', 'case "$*" in "-I "*) exit 1;;'));
  expect(install).toThrow(
    "Python packages of requirements.txt could not be installed; pip ended well, but they are not there; remove .venv",
  );
  expect(existsSync(join(root, ".venv", ".requirements.txt"))).toBe(false);
});

test("a user whose pip is set to a folder of its own, and to rehearse, has the packages in the environment, from the user's own store", () => {
  const name = makeWheel();
  writeFileSync(join(root, "requirements.txt"), `${name}==1.0\n`);
  const sources = `no-index = true\nfind-links =\n    ${join(root, "nothing")}\n    ${join(root, "store")}\n`;
  const settings = `[global]\n${sources}dry-run = true\n[install]\ntarget = ${root}/elsewhere\n`;
  writeFileSync(join(root, "pip.conf"), settings);
  vi.stubEnv("PIP_CONFIG_FILE", join(root, "pip.conf"));
  vi.stubEnv("PIP_FIND_LINKS", undefined);
  install();
  const python = join(root, ".venv", "bin", "python");
  expect(spawnSync(python, ["-I", "-c", `import ${name}`]).status).toBe(0);
});

/** Puts a package into a store of its own: a module, and what says so. */
function makeWheel(): string {
  const name = "tiny_package";
  const info = `${name}-1.0.dist-info`;
  const files = {
    [`${name}.py`]: "",
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`,
    [`${info}/WHEEL`]: "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    [`${info}/RECORD`]: "",
  };
  for (const folder of ["store", "nothing", `wheel/${info}`])
    mkdirSync(join(root, folder), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(root, "wheel", file), text);
  const zip = "import shutil, sys; shutil.make_archive(sys.argv[1], 'zip', sys.argv[2])";
  const wheel = join(root, "store", `${name}-1.0-py3-none-any.whl`);
  execFileSync("python3", ["-c", zip, wheel, join(root, "wheel")]);
  renameSync(`${wheel}.zip`, wheel);
  return name;
}
