/**
 * The process that loads a service: receives a plan, carries it out, answers with its attempts, ends. It ends with its
 * parent, however the parent ends: when the channel between them closes.
 */
import { parseData } from "../../measure/parse-json.ts";
import { InstrumentError } from "../../measure/study-error.ts";
import { closedLoopLoad } from "./closed-loop-load.ts";
import { fixedRateLoad } from "./fixed-rate-load.ts";
import { type LoadAnswer, type LoadRequest, loadMessage, loadRequest } from "./load-messages.ts";
import type { FixedRatePlan } from "./load-plan.ts";

process.on("disconnect", () => process.exit(1));
// The terminal interrupts parent and child at once; it is the parent that decides.
process.on("SIGINT", () => {});
process.once("message", (message) => {
  void answer(parseData(message, loadRequest, loadMessage));
});

/** Plain requests, all answered before the load begins: what is timed should not still be compiled. */
const rehearsal: FixedRatePlan = {
  kind: "fixed-rate",
  intendedMs: Array.from({ length: 40 }, (_, request) => request),
  blocking: new Array<boolean>(40).fill(false),
  retries: 0,
};

async function answer(request: LoadRequest): Promise<void> {
  const answered: LoadAnswer = await carryOut(request).catch((error: unknown) => {
    if (error instanceof InstrumentError) return { fault: error.message };
    throw error;
  });
  process.send?.(answered, () => process.exit(0));
}

async function carryOut({ port, plan }: LoadRequest): Promise<LoadAnswer> {
  await fixedRateLoad(port, rehearsal);
  const load = plan.kind === "closed-loop" ? closedLoopLoad(port, plan) : fixedRateLoad(port, plan);
  return { attempts: await load };
}
