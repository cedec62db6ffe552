import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { makeFolder } from "../measure/make-folder.ts";
import { parentDeathPrefix } from "../measure/parent-death.ts";
import { projectRoot } from "../measure/project-root.ts";
import { UsageError } from "../measure/study-error.ts";
import { packageSources } from "./package-sources.ts";
import { statedEnvironment } from "./stated-environment.ts";

/**
 * Makes `.venv` with what a requirements file pins; does nothing if that was done before with the same file and is still there.
 * Of the user's settings of pip only those count that say where packages come from.
 * pip first gives an unreachable index no second chance, since it retries for seconds per package where a
 * configured local store has everything; if that fails, once more as pip does by default.
 * `PYTHON` chooses the interpreter, default `python3`.
 * @throws UsageError if there is no Python ≥ 3.10, no venv module, pip fails, or what it installed is not there; with the remedy.
 */
export function installPython(requirements: string, root: string = projectRoot): void {
  const folder = join(root, ".venv");
  const done = join(folder, `.${basename(requirements)}`);
  const wanted = readFileSync(requirements, "utf8");
  const scratch = join(root, ".cache", "tmp");
  makeFolder(scratch);
  const env = statedEnvironment({ TMPDIR: scratch });
  const python = join(folder, "bin", "python");
  const isInstalled = () => hasPackages(python, wanted, env);
  if (existsSync(done) && readFileSync(done, "utf8") === wanted && isInstalled()) return;
  if (!existsSync(python) || !existsSync(join(folder, "bin", "pip"))) makeEnvironment(folder, env);
  // What Python packages bring of JavaScript is CommonJS; without this the clone's own package.json would call it modules.
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  const pipEnv = { ...packageSources(python, env), PIP_USER: "0", PIP_DISABLE_PIP_VERSION_CHECK: "1" };
  const pip = [...parentDeathPrefix("KILL"), python, "-m", "pip", "install", "--quiet"];
  const [program = "", ...install] = [...pip, "--requirement", requirements];
  const installed = [[...install, "--retries", "0"], install].some(
    (args) => spawnSync(program, args, { env: pipEnv, stdio: ["ignore", "inherit", "inherit"] }).status === 0,
  );
  if (!installed || !isInstalled()) {
    const reason = installed
      ? "pip ended well, but they are not there; remove .venv"
      : "see pip's message above";
    throw new UsageError(`Python packages of ${basename(requirements)} could not be installed; ${reason}`);
  }
  writeFileSync(done, wanted);
}

/** Tells whether the environment has every package that a list pins on all versions of Python. */
function hasPackages(python: string, list: string, env: NodeJS.ProcessEnv): boolean {
  const names = [...list.matchAll(/^([\w.-]+)==[^\s;]+$/gm)].map(([, name = ""]) => name);
  const ask = "import importlib.metadata, sys; [importlib.metadata.version(name) for name in sys.argv[1:]]";
  return spawnSync(python, ["-I", "-c", ask, ...names], { env, stdio: "ignore" }).status === 0;
}

function makeEnvironment(folder: string, env: NodeJS.ProcessEnv): void {
  const { PYTHON: chosen = "python3" } = env;
  const version = spawnSync(chosen, ["-c", "import sys; print(*sys.version_info[:2])"], {
    env,
    encoding: "utf8",
  });
  const [major = 0, minor = 0] = (version.stdout ?? "").trim().split(" ").map(Number);
  if (version.status !== 0 || major < 3 || (major === 3 && minor < 10)) {
    const found = version.status === 0 ? `Python ${major}.${minor}` : "none";
    throw new UsageError(
      `${chosen} must be Python 3.10 or newer; found ${found}; install it (Debian, Ubuntu: apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python3`,
    );
  }
  const made = spawnSync(chosen, ["-m", "venv", folder], { env, encoding: "utf8" });
  if (made.status === 0) return;
  rmSync(folder, { recursive: true, force: true });
  throw new UsageError(
    `${chosen} could not make a virtual environment; install its venv module (Debian, Ubuntu: apt-get install python3-venv)\n${made.stdout}${made.stderr}`,
  );
}
