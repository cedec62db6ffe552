import { dispatcherDelayP99 } from "../../design/dispatcher-delay.ts";
import type { RunResult } from "../../design/experiment.ts";
import {
  blockerOnNode,
  blockerOnTokio,
  type Rearming,
  type RearmingBlocker,
  restMsOf,
} from "../../design/rearming-blockers.ts";
import type { Records } from "../../executor/executor.ts";
import { type ExecutorName, executors } from "../../executor/executors.ts";
import { runOnTokio } from "../../executor/tokio/run-on-tokio.ts";
import { seededRandom } from "../../stats/random.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import type { response } from "./response.ts";

export interface TokioDelayScenario {
  readonly executor: "tokio" | ExecutorName;
  readonly workers: number;
  readonly lifoSlot: "on" | "off" | "none";
  readonly probes: number;
  readonly blockers: number;
  readonly rearm: "contiguous" | Rearming;
  readonly span: "five" | "sustained";
}

export const sleepMs = 10;
export const sleeps = 10;
export const blockMs = 50;
export const blocks = 5;
/** Blockers come when every probe is in a sleep that is measured. */
export const startMs = 20;

/** Measures one scenario once: the same sleeps and blocks on Tokio and on Node. */
export async function runTokioDelay(
  scenario: TokioDelayScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const phasesMs = Array.from({ length: scenario.probes }, () => random() * sleepMs);
  const blockers = Array.from({ length: scenario.blockers }, () => blockerOf(scenario));
  const records = await measure(scenario, phasesMs, blockers);
  const samples = delayRows(records, scenario.probes);
  const arrived = samples.source.filter((source) => source === "probe").length;
  return {
    samples,
    lostSamples: scenario.probes * sleeps - arrived,
    // Tokio's workers watch the timers themselves: how late they do is part of the response.
    dispatcherDelayP99Ns: scenario.executor === "tokio" ? null : dispatcherDelayP99(records.polls),
  };
}

function measure(
  { executor, workers, lifoSlot }: TokioDelayScenario,
  phasesMs: readonly number[],
  blockers: readonly RearmingBlocker[],
): Promise<Records> {
  const probes = phasesMs.map(
    (phaseMs) => ({ program: "probe", parameters: { sleeps, sleepMs, phaseMs } }) as const,
  );
  return executor === "tokio"
    ? runOnTokio([...probes, ...blockers.map(blockerOnTokio)], { workers, lifoSlot: lifoSlot !== "off" })
    : executors[executor]([...probes, ...blockers.map(blockerOnNode)], workers);
}

function blockerOf({ rearm, span }: TokioDelayScenario): RearmingBlocker {
  if (rearm === "contiguous") {
    return { blocksMs: [blocks * blockMs], blocks: 1, restMs: null, startMs };
  }
  return {
    blocksMs: [blockMs],
    blocks: span === "five" ? blocks : "until-drained",
    restMs: restMsOf(rearm),
    startMs,
  };
}

/** Turns polls into rows; polls with a negative tag only bring a task to its start or its next block and are left out. */
export function delayRows({ polls }: Records, probes: number) {
  const rows = Array.from(polls.tag.keys()).filter((row) => (polls.tag[row] as number) >= 0);
  const isProbe = (row: number) => (polls.task[row] as number) < probes;
  const micro = (from: Float64Array, to: Float64Array) =>
    rows.map((row) => {
      const us = ((to[row] as number) - (from[row] as number)) / 1000;
      return Number.isNaN(us) ? null : Math.round(us);
    });
  return {
    source: rows.map((row) => (isProbe(row) ? "probe" : "blocker")),
    task: Uint16Array.from(rows, (row) => (polls.task[row] as number) - (isProbe(row) ? 0 : probes)),
    round: Uint16Array.from(rows, (row) => polls.tag[row] as number),
    dispatchUs: micro(polls.dueNs, polls.enqueuedNs),
    overheadUs: Int32Array.from(micro(polls.dueNs, polls.startedNs), Number),
    heldUs: Int32Array.from(micro(polls.startedNs, polls.endedNs), Number),
    worker: Uint8Array.from(rows, (row) => polls.worker[row] as number),
  } satisfies ColumnsOf<typeof response>;
}
