import { spawn } from "node:child_process";
import { buffer, text } from "node:stream/consumers";
import type { Records } from "../executor.ts";
import { readTokioAnswer } from "./tokio-answer.ts";
import { findTokioProgram } from "./tokio-program.ts";
import type { TokioTask } from "./tokio-task.ts";

export interface TokioRuntime {
  readonly workers: number;
  /** Whether each worker keeps the task it woke last in a slot ahead of its queue, as by default. */
  readonly lifoSlot: boolean;
}

/**
 * Runs tasks on a Tokio runtime in a process of its own, spawned in their order. Task numbers in the records are positions
 * in `tasks`; a poll is enqueued when its task is woken.
 *
 * @throws {NotTestableError} when the program is not built.
 */
export async function runOnTokio(tasks: readonly TokioTask[], runtime: TokioRuntime): Promise<Records> {
  const child = spawn(findTokioProgram(), { stdio: "pipe" });
  const ended = new Promise<string | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, killer) => resolve(code === 0 ? null : (killer ?? `exit code ${code}`)));
  });
  // A program that refuses the request closes its input; how it ended tells the story.
  child.stdin.on("error", () => {});
  // The input stays open: the program ends when it closes, however this process ends.
  child.stdin.write(`${JSON.stringify({ ...runtime, tasks })}\n`);
  const [answer, complaint, failure] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  if (failure !== null) throw new Error(`Tokio failed: ${complaint.trim() || failure}`);
  return readTokioAnswer(answer);
}
