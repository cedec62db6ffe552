import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import * as v from "valibot";
import { type DataSource, parseJson } from "../measure/parse-json.ts";
import { projectRoot } from "../measure/project-root.ts";
import { UsageError } from "../measure/study-error.ts";
import type { Ending } from "./find-failures.ts";
import { statedEnvironment } from "./stated-environment.ts";

/** What `execute_notebooks.py` is told to do. */
export interface ExecutionJob {
  readonly kernel: string;
  readonly concurrency: number;
  readonly cellSeconds: number;
  readonly notebooks: readonly { readonly path: string; readonly output: string; readonly folder: string }[];
}

const executionEvent = v.variant("event", [
  v.object({ event: v.literal("cell"), notebook: v.string() }),
  v.object({ event: v.literal("done"), notebook: v.string() }),
  v.object({
    event: v.literal("failed"),
    notebook: v.string(),
    kind: v.picklist(["threw", "hung", "died", "broke"]),
    cell: v.nullable(v.number()),
    message: v.string(),
  }),
]);
const executionLine: DataSource = {
  noun: "line of the notebooks' executor",
  remedy: "run make notebooks again",
};

const PROGRAM = fileURLToPath(new URL("../../src/publish/execute_notebooks.py", import.meta.url));

/**
 * Executes a job with nbclient in `.venv`, and tells how each notebook ended, by its path.
 * The executor lives no longer than this process: it stops when its stdin closes.
 * @throws UsageError if there is no Python environment.
 */
export async function executeNotebooks(
  jobFile: string,
  job: ExecutionJob,
  settings: NodeJS.ProcessEnv,
  onCell: (notebook: string) => void,
  onEnd: (notebook: string, ending: Ending) => void,
): Promise<void> {
  const python = join(projectRoot, ".venv", "bin", "python");
  if (!existsSync(python))
    throw new UsageError(`Python environment is missing: ${python}; run make notebooks`);
  const folders = jupyterFolders(dirname(jobFile));
  const env = statedEnvironment({ ...folders, ...settings, PYTHONUNBUFFERED: "1" });
  const executor = spawn(python, [PROGRAM, jobFile], { env, stdio: ["pipe", "pipe", "pipe", "pipe"] });
  const log = lastOf(executor.stdout, executor.stderr);
  const waiting = new Set(job.notebooks.map(({ path }) => path));
  const events = createInterface({ input: executor.stdio[3] as Readable });
  const hear = (line: string): void => {
    const told = parseJson(line, executionEvent, executionLine);
    const { event, notebook } = told;
    if (event !== "cell") waiting.delete(notebook);
    if (event === "cell") onCell(notebook);
    else if (event === "done") onEnd(notebook, { kind: "completed" });
    else onEnd(notebook, { kind: told.kind, cell: told.cell, message: told.message });
  };
  await new Promise<void>((resolve, reject) => {
    events.on("line", (line) => {
      try {
        hear(line);
      } catch (error) {
        executor.kill();
        reject(error);
      }
    });
    executor.once("error", reject);
    executor.once("close", () => resolve());
  });
  for (const notebook of waiting) onEnd(notebook, { kind: "broke", cell: null, message: log() });
}

/**
 * Keeps Jupyter's configuration and history inside the clone, and the user's own out of the build. Connection files, which
 * hold a kernel's key, go with the job's folder, however the executor ends.
 */
function jupyterFolders(jobFolder: string): NodeJS.ProcessEnv {
  const jupyter = join(projectRoot, ".cache", "jupyter");
  return {
    JUPYTER_CONFIG_DIR: join(jupyter, "config"),
    JUPYTER_DATA_DIR: join(jupyter, "data"),
    JUPYTER_RUNTIME_DIR: join(jobFolder, "runtime"),
    JUPYTER_PATH: join(projectRoot, ".venv", "share", "jupyter"),
    JUPYTER_PLATFORM_DIRS: "1",
    IPYTHONDIR: join(jupyter, "ipython"),
    TMPDIR: jobFolder,
  };
}

function lastOf(...streams: Readable[]): () => string {
  let text = "";
  for (const stream of streams) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text = (text + chunk).slice(-4000);
    });
  }
  return () => text.trim();
}
