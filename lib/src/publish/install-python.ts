import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parentDeathPrefix } from "../measure/parent-death.ts";
import { projectRoot } from "../measure/project-root.ts";
import { UsageError } from "../measure/study-error.ts";
import { makeFolder } from "../tables/make-folder.ts";
import { statedEnvironment } from "./stated-environment.ts";

/**
 * Makes `.venv` with what a requirements file pins; does nothing if that was done before with the same file.
 * pip first gives an unreachable index no second chance, since it retries for seconds per package where a
 * configured local store has everything; if that fails, once more as pip does by default.
 * `PYTHON` chooses the interpreter, default `python3`.
 * @throws UsageError if there is no Python ≥ 3.10, no venv module, or pip fails; with the remedy.
 */
export function installPython(requirements: string, root: string = projectRoot): void {
  const folder = join(root, ".venv");
  const done = join(folder, `.${basename(requirements)}`);
  const wanted = readFileSync(requirements, "utf8");
  if (existsSync(done) && readFileSync(done, "utf8") === wanted) return;
  const scratch = join(root, ".cache", "tmp");
  makeFolder(scratch);
  const env = statedEnvironment({ TMPDIR: scratch, PIP_USER: "0", PIP_DISABLE_PIP_VERSION_CHECK: "1" });
  const python = join(folder, "bin", "python");
  if (!existsSync(python) || !existsSync(join(folder, "bin", "pip"))) makeEnvironment(folder, env);
  // What Python packages bring of JavaScript is CommonJS; without this the clone's own package.json would call it modules.
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  const pip = [...parentDeathPrefix("KILL"), python, "-m", "pip", "install", "--quiet"];
  const [program = "", ...install] = [...pip, "--requirement", requirements];
  const installed = [[...install, "--retries", "0"], install].some(
    (args) => spawnSync(program, args, { env, stdio: ["ignore", "inherit", "inherit"] }).status === 0,
  );
  if (!installed) {
    throw new UsageError(
      `Python packages of ${basename(requirements)} could not be installed; see pip's message above`,
    );
  }
  writeFileSync(done, wanted);
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
