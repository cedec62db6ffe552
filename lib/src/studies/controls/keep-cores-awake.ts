import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { NotTestableError } from "../../measure/study-error.ts";

/** Spins in short turns, so that the end of its parent is noticed however the parent ends. */
const spinner = `
process.on("disconnect", () => process.exit());
const spin = () => { const until = performance.now() + 1; while (performance.now() < until); setImmediate(spin); };
process.send("spinning", spin);`;

/** Until the start of the processes themselves is forgotten. */
const settleMs = 250;

/**
 * Keeps every core from falling asleep with one process a core that runs only when nothing else wants to (SCHED_IDLE);
 * the returned function ends them and waits for it.
 *
 * @throws {NotTestableError} where there is no `chrt`
 * @see https://man7.org/linux/man-pages/man7/sched.7.html SCHED_IDLE
 */
export async function keepCoresAwake(): Promise<() => Promise<void>> {
  const children: ChildProcess[] = [];
  const end = async (): Promise<void> => {
    await Promise.all(
      children.map(async (child) => {
        if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
        const gone = once(child, "exit");
        child.kill("SIGKILL");
        await gone;
      }),
    );
  };
  try {
    for (let core = 0; core < availableParallelism(); core++) {
      const command = ["--idle", "0", process.execPath, "--eval", spinner];
      const child = spawn("chrt", command, { stdio: ["ignore", "ignore", "ignore", "ipc"] });
      children.push(child);
      const failed = once(child, "exit").then(() => Promise.reject(new Error("chrt refused")));
      failed.catch(() => {});
      await Promise.race([once(child, "message"), failed]);
    }
    await sleep(settleMs);
  } catch (cause) {
    await end();
    throw new NotTestableError("cores cannot be kept awake: chrt (util-linux) does not run here", { cause });
  }
  return end;
}
