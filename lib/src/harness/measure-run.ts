import type { Experiment, Scenario } from "../design/experiment.ts";
import { runtimeFlags } from "../executor/runtime-flags.ts";
import { unknownConditions } from "../measure/watch-conditions.ts";
import type { Job } from "./job.ts";
import { type RunOutcome, writePart } from "./part.ts";
import { type RunEnd, runJob } from "./run-job.ts";

/** What all runs of a campaign share. */
export interface RunSetting {
  readonly experiment: Experiment;
  /** Module that declares the experiment. */
  readonly module: URL;
  /** Fingerprint of the campaign. */
  readonly plan: string;
  /** When the campaign began (ms since 1970). */
  readonly beganMs: number;
  /** Module that watches what surrounds a run in place of ours. */
  readonly conditions?: URL | undefined;
  /** Time after which a run is killed (default: far beyond any healthy run). */
  readonly timeLimitMs?: ((scenario: Scenario) => number) | undefined;
}

/** How a measurement ended. Unless it was stopped, its part is there; if the run failed, with the reason. */
export type MeasurementEnd =
  | { readonly kind: "finished" }
  | { readonly kind: "stopped" }
  | { readonly kind: "time limit"; readonly reason: string }
  | { readonly kind: "crash"; readonly reason: string; readonly output: string };

/**
 * Measures one run in a fresh process and leaves its part, also where the process crashed or was killed at its limit.
 *
 * @throws {DataError} when the disk is full.
 * @throws {UsageError} when the folder is not writable.
 */
export async function measureRun(
  { experiment, module, plan, beganMs, conditions, timeLimitMs }: RunSetting,
  job: Job,
  path: string,
  signal: AbortSignal,
): Promise<MeasurementEnd> {
  const startedMs = Date.now() - beganMs;
  const end = await runJob(
    { module: module.href, job, plan, beganMs, path, ...(conditions && { conditions: conditions.href }) },
    [
      experiment.runtime?.(job.scenario) ?? process.execPath,
      ...(experiment.flags?.(job.scenario) ?? runtimeFlags),
    ],
    timeLimitMs?.(job.scenario) ?? defaultTimeLimitMs(experiment, job.scenario),
    signal,
  );
  if (end.kind === "finished" || end.kind === "stopped") return end;
  const outcome = failedOutcome(startedMs, end);
  writePart(path, plan, experiment, job, outcome);
  const { invalidReason: reason } = outcome;
  return end.kind === "crash"
    ? { kind: "crash", reason, output: end.output }
    : { kind: "time limit", reason };
}

/** Far beyond any healthy run, so that slow hosts finish and hung runs end. */
export function defaultTimeLimitMs(experiment: Experiment, scenario: Scenario): number {
  return 10_000 + 5 * experiment.expectedMs(scenario);
}

function failedOutcome(
  startedMs: number,
  end: Extract<RunEnd, { wallMs: number }>,
): RunOutcome & { invalidReason: string } {
  return {
    startedMs,
    ...unknownConditions(end.wallMs),
    invalidReason:
      end.kind === "crash" ? `crash: ${end.how}` : `time limit: killed after ${Math.round(end.wallMs)} ms`,
    dispatcherDelayP99Ns: null,
    lostSamples: 0,
  };
}
