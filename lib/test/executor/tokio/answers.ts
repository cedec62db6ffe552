import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Records } from "../../../src/executor/executor.ts";
import { runOnTokio } from "../../../src/executor/tokio/run-on-tokio.ts";
import { readTokioAnswer } from "../../../src/executor/tokio/tokio-answer.ts";
import { tokioProgramPath } from "../../../src/executor/tokio/tokio-program.ts";
import type { TokioTask } from "../../../src/executor/tokio/tokio-task.ts";

interface Asked {
  readonly workers: number;
  readonly lifoSlot: boolean;
  readonly tasks: readonly TokioTask[];
}

const fixtures = join(import.meta.dirname, "fixtures");

/**
 * Gives what the Tokio program answered to `fixtures/<name>.json` when `fixtures/<name>.answer` was recorded, and what it
 * answers now where it is built.
 */
export function answersTo(name: string): (readonly [kind: string, records: () => Promise<Records>])[] {
  const { tasks, ...runtime } = JSON.parse(readFileSync(join(fixtures, `${name}.json`), "utf8")) as Asked;
  const recorded = async () => readTokioAnswer(readFileSync(join(fixtures, `${name}.answer`)));
  return [
    ["as recorded", recorded],
    ...(existsSync(tokioProgramPath)
      ? [["as it is built here", () => runOnTokio(tasks, runtime)] as const]
      : []),
  ];
}
