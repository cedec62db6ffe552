/**
 * The fresh process of one run: receives a request, measures, writes one part, ends. It ends with its
 * parent, however the parent ends: when the channel between them closes.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { ExperimentModule } from "../design/experiment.ts";
import { parseData } from "../measure/parse-json.ts";
import { InstrumentError, NotTestableError } from "../measure/study-error.ts";
import { watchConditions } from "../measure/watch-conditions.ts";
import { frozen, instrumentFailed, invalidReason, notTestable } from "../tables/validity.ts";
import { type RunOutcome, writePart } from "./part.ts";
import { type RunRequest, runMessage, runRequest, type WriteFailure } from "./run-messages.ts";

process.on("disconnect", () => process.exit(1));
// The terminal interrupts parent and child at once; it is the parent that decides.
process.on("SIGINT", () => {});
let wasFrozen = false;
process.on("SIGCONT", () => {
  wasFrozen = true;
});
process.once("message", (message) => {
  void answer(parseData(message, runRequest, runMessage));
});

async function answer(request: RunRequest): Promise<void> {
  const { module, job } = request;
  const experiment = ((await import(module)) as ExperimentModule).experiment();

  const watch = request.conditions
    ? ((await import(request.conditions)) as { watchConditions: typeof watchConditions }).watchConditions
    : watchConditions;

  const stop = await watch();
  const startedMs = Date.now() - request.beganMs;
  const result = await experiment.run(job.scenario, job.seed).catch(refusal);
  const found = await stop();
  const fillsCores = experiment.fillsCores?.(job.scenario) === true;
  const conditions = fillsCores ? { ...found, pressureShare: null } : found;
  // Signals that came while the thread was busy are told in the next turns of the loop.
  await nextTurn();
  await nextTurn();

  try {
    if (result instanceof Error) {
      const reason = result instanceof InstrumentError ? instrumentFailed(result) : notTestable(result);
      const outcome = { startedMs, ...conditions, ...nothingMeasured, invalidReason: reason };
      writePart(request.path, request.plan, experiment, job, outcome);
    } else {
      const { samples, lostSamples, dispatcherDelayP99Ns } = result;
      const measured = { ...conditions, lostSamples, dispatcherDelayP99Ns };
      const reason = wasFrozen ? frozen : invalidReason(measured);
      const outcome: RunOutcome = { startedMs, ...measured, invalidReason: reason };
      writePart(request.path, request.plan, experiment, job, outcome, samples);
    }
  } catch (error) {
    if (!(error instanceof Error) || error instanceof TypeError) throw error;
    const failure: WriteFailure = { name: error.name, message: error.message };
    process.send?.(failure, () => process.exit(1));
    return;
  }
  process.exit(0);
}

const nothingMeasured = { lostSamples: 0, dispatcherDelayP99Ns: null } as const;

function refusal(error: unknown): NotTestableError | InstrumentError {
  if (error instanceof NotTestableError || error instanceof InstrumentError) return error;
  throw error;
}
