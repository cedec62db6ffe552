import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

test("the user's pip installs into the environment, and JavaScript in it is CommonJS", () => {
  const pip = `echo "$PIP_USER $PIP_TARGET $PYTHONPATH" >> ${join(root, "pip.log")}`;
  vi.stubEnv("PIP_USER", "1");
  vi.stubEnv("PIP_TARGET", "/elsewhere");
  vi.stubEnv("PYTHONPATH", "/elsewhere");
  usePython(
    `case "$1" in -c) echo 3 12;; *) mkdir -p "$3/bin"; touch "$3/bin/pip"; printf '#!/bin/sh\\n%s\\n' '${pip}' > "$3/bin/python"; chmod +x "$3/bin/python";; esac`,
  );
  install();
  expect(readFileSync(join(root, "pip.log"), "utf8").trim()).toBe("0");
  expect(JSON.parse(readFileSync(join(root, ".venv", "package.json"), "utf8"))).toEqual({ type: "commonjs" });
});

test("pip gets a second chance with its own retries, and is not asked again once it is done", () => {
  const pip = `echo "$@" >> ${join(root, "pip.log")}; case "$*" in *retries*) exit 1;; esac`;
  const python = `#!/bin/sh\n${pip}\n`;
  usePython(
    `case "$1" in -c) echo 3 12;; *) mkdir -p "$3/bin"; touch "$3/bin/pip"; cat > "$3/bin/python" <<'END'\n${python}END\nchmod +x "$3/bin/python";; esac`,
  );
  install();
  install();
  const calls = readFileSync(join(root, "pip.log"), "utf8").trim().split("\n");
  expect(calls.map((call) => call.includes("--retries 0"))).toEqual([true, false]);
});
