import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../../../measure/entry-beside.ts";
import { NotTestableError } from "../../../measure/study-error.ts";

/** The other end of named pipes: a child that is slow, and owns the pipes. */
export interface SlowEnd {
  readonly pipes: readonly string[];
  /** Ends the child; resolves when it is gone, and the pipes with it. */
  close(): Promise<void>;
}

const entry = fileURLToPath(entryBeside(import.meta.url, "slow-end-process"));

/**
 * Starts the child. `feeds` writes to its two pipes in turn, once for every reader, 50 ms after it came; `drains` takes
 * 64 KiB from its pipe every 50 ms. It makes the pipes in a folder of its own, and removes the folder when its standard
 * input closes, so also when this process is killed.
 *
 * @throws {NotTestableError} when this host cannot make named pipes.
 */
export async function startSlowEnd(role: "feeds" | "drains"): Promise<SlowEnd> {
  const child = spawn(process.execPath, [entry, role], { stdio: ["pipe", "pipe", "inherit"] });
  const gone = once(child, "close");
  child.stdin.on("error", () => {});
  const close = async (): Promise<void> => {
    child.stdin.end();
    await gone;
  };
  const [answer] = (await Promise.race([once(child.stdout, "data"), gone.then(() => [""])])) as [Buffer];
  const pipes = String(answer).split("\n").filter(Boolean);
  if (pipes.length > 0) return { pipes, close };
  await close();
  throw new NotTestableError("named pipes cannot be made: mkfifo failed or is missing");
}
