import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../../measure/entry-beside.ts";
import { parseData } from "../../measure/parse-json.ts";
import { InstrumentError } from "../../measure/study-error.ts";
import { type LoadRequest, loadAnswer, loadMessage } from "./load-messages.ts";
import type { Attempt, LoadPlan } from "./load-plan.ts";

const entry = fileURLToPath(entryBeside(import.meta.url, "load-generator"));

/**
 * Loads the service on a port of the loopback interface from a process of its own, which has ended when this resolves or
 * rejects; the signal kills it.
 *
 * @throws {InstrumentError} when the load could not be generated as planned.
 */
export function generateLoad(port: number, plan: LoadPlan, signal: AbortSignal): Promise<readonly Attempt[]> {
  return new Promise((resolve, reject) => {
    const child = fork(entry, { stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let told: unknown;
    let output = "";
    const kill = () => child.kill("SIGKILL");
    signal.addEventListener("abort", kill, { once: true });
    if (signal.aborted) kill();
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.on("message", (message) => {
      told = message;
    });
    child.on("error", reject);
    child.on("close", (code, killer) => {
      signal.removeEventListener("abort", kill);
      if (told !== undefined) resolve(Promise.try(attemptsIn, told));
      else
        reject(new Error(`load generator ended early: ${killer ?? `exit code ${code}`}\n${output.trim()}`));
    });
    const request: LoadRequest = { port, plan };
    // A child that dies at once closes the channel; its exit tells the story.
    child.send(request, () => {});
  });
}

function attemptsIn(told: unknown): readonly Attempt[] {
  const answer = parseData(told, loadAnswer, loadMessage);
  if ("fault" in answer) throw new InstrumentError(answer.fault);
  return answer.attempts;
}
