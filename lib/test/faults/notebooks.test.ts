import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { sweepHeldFolders } from "../../src/measure/held-folder.ts";
import { installKernel } from "../../src/publish/install-kernel.ts";
import { scratchFolder } from "../../src/publish/scratch-folder.ts";
import { canCount, marked } from "./marked-processes.ts";
import { canClone } from "./scratch-clone.ts";
import { faults, random, startVictim, temporaryFolder, until } from "./victims.ts";

const kills = faults === "long" ? 20 : 2;
const timeout = 300_000 + kills * 300_000;
const runner = join(import.meta.dirname, "fixtures/run-one-notebook.ts");
/** Processes of an execution, by a word of their command line; the runner itself is the last. */
const roles = ["execute_notebooks.py", "publish/kernel.js", "headless-shell", runner];

beforeAll(() => {
  if (faults !== "") installKernel();
});

test.runIf(faults !== "" && canCount && canClone()).each(roles)(
  `%s killed at random moments, ${kills} times: no process is left, nothing is written, and what it left is swept`,
  async (role) => {
    for (let kill = 0; kill < kills; kill++) {
      const output = temporaryFolder();
      const { program, mark } = startVictim([process.execPath, runner, output]);
      const pids = new Set([program.pid]);
      const ended = once(program, "exit");
      const seen = until(() => {
        for (const pid of marked(mark)) pids.add(pid);
        return marked(mark, role).length > 0;
      });
      await Promise.race([ended, seen]);
      await sleep(random() * 1000);
      const chosen = marked(mark, role);
      for (const pid of [...marked(mark), ...chosen]) pids.add(pid);
      for (const pid of chosen) killIfThere(pid);
      const [code] = await ended;
      await until(() => marked(mark).length === 0);
      const written = readdirSync(output).map((name) => readFileSync(join(output, name), "utf8"));
      // A kill may come too late to change anything; then the notebook is there, and whole.
      expect(written).toHaveLength(code === 0 ? 1 : 0);
      for (const text of written) expect(() => JSON.parse(text)).not.toThrow();
      sweepHeldFolders(scratchFolder);
      const left = readdirSync(scratchFolder).filter((name) => pids.has(Number(/-(\d+)-/.exec(name)?.[1])));
      expect(left).toEqual([]);
    }
  },
  timeout,
);

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {}
}
