import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  type Clock,
  entryBeside,
  quantile,
  type RunResult,
  seededRandom,
  startClock,
} from "scheduling-safety/measure";
import type { response } from "./response.ts";

export const windowMs = 1000;
const prices = 100;

/** Receipts in a run. */
export const receipts = { none: 0, some: 16 } as const;
export const pools = ["shared", "own"] as const;

export interface SlowReceiptsScenario {
  readonly receipts: keyof typeof receipts;
  readonly pools: (typeof pools)[number];
}

interface Answer {
  readonly kind: "price" | "receipt";
  readonly dueNs: number;
  readonly dispatchNs: number;
  readonly delayNs: number;
  readonly status: number;
}

/** Measures one scenario once: starts the service, asks it at random moments, and ends when all requests are answered. */
export async function runSlowReceipts(
  scenario: SlowReceiptsScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const service = startService(scenario);
  try {
    const [address] = (await once(service, "message")) as [string];
    await warmUp(address);
    const now = startClock();
    const send = (kind: Answer["kind"], count: number) =>
      Array.from({ length: count }, () => ask(address, kind, now, random() * windowMs));
    return result(
      await Promise.all([...send("price", prices), ...send("receipt", receipts[scenario.receipts])]),
    );
  } finally {
    service.kill();
  }
}

/** The service ends with the process of the run, however that ends: when the channel between them closes. */
function startService({ pools }: SlowReceiptsScenario): ChildProcess {
  const main = entryBeside(import.meta.url, "../../service/main");
  return fork(fileURLToPath(main), pools === "own" ? ["--own-pool"] : [], { execArgv: [] });
}

/** Lets every worker load its code and the client open its connections, so that no measured request waits for that. */
async function warmUp(address: string): Promise<void> {
  const now = startClock();
  const kinds = ["price", "price", "price", "receipt", "receipt", "receipt"] as const;
  await Promise.all(kinds.map((kind) => ask(address, kind, now, 0)));
}

async function ask(address: string, kind: Answer["kind"], now: Clock, dueMs: number): Promise<Answer> {
  await delay(Math.max(0, Math.ceil(dueMs - now() / 1e6)));
  const [dueNs, sentNs] = [dueMs * 1e6, now()];
  const answer = await fetch(`${address}/${kind}`, { method: kind === "price" ? "GET" : "POST" });
  await answer.arrayBuffer();
  return { kind, dueNs, dispatchNs: sentNs - dueNs, delayNs: now() - dueNs, status: answer.status };
}

function result(answers: readonly Answer[]): RunResult<typeof response> {
  const column = (name: "dueNs" | "dispatchNs" | "delayNs") =>
    Float64Array.from(answers, (answer) => Math.round(answer[name]));
  const dispatchNs = column("dispatchNs");
  const late = quantile([...dispatchNs], 0.99, { minTail: 1 });
  return {
    samples: {
      kind: answers.map(({ kind }) => kind),
      dueNs: column("dueNs"),
      dispatchNs,
      delayNs: column("delayNs"),
      status: Uint16Array.from(answers, ({ status }) => status),
    },
    lostSamples: 0,
    dispatcherDelayP99Ns: late && Math.round(late.estimate),
  };
}
