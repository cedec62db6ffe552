import { dispatcherDelayP99 } from "../../design/dispatcher-delay.ts";
import type { RunResult } from "../../design/experiment.ts";
import type { Records } from "../../executor/executor.ts";
import { type ExecutorName, executors } from "../../executor/executors.ts";
import { seededRandom } from "../../stats/random.ts";
import type { TaskSpec } from "../../workload/programs.ts";
import type { response } from "./response.ts";

export interface BeyondCoresScenario {
  readonly executor: ExecutorName;
  readonly workers: number;
  readonly blockers: number;
  readonly hold: "computing" | "parked";
}

export const probes = 20;
export const sleeps = 10;
export const sleepMs = 10;
export const blockMs = 50;
/** All blockers are under way when the probes start. */
export const leadMs = 2 * blockMs;

/** Measures one scenario once: probes beside blockers that go on to the end, out of step with each other. */
export async function runBeyondCores(
  scenario: BeyondCoresScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const asProbes = Array.from({ length: probes }, (): TaskSpec => {
    return { program: "probe", parameters: { sleeps, sleepMs, phaseMs: leadMs + random() * sleepMs } };
  });
  const asBlockers = Array.from({ length: scenario.blockers }, () => blockerOf(scenario, random));
  const records = await executors[scenario.executor]([...asProbes, ...asBlockers], scenario.workers);
  const samples = rowsOfPolls(records);
  return {
    samples,
    lostSamples: probes * sleeps - samples.source.filter((source) => source === "probe").length,
    // Late for want of a core, which is what is measured.
    dispatcherDelayP99Ns: scenario.hold === "parked" ? dispatcherDelayP99(records.polls) : null,
  };
}

/** One key, at Node's default cost, takes about as long as one block on a core of its own. */
function blockerOf({ hold }: BeyondCoresScenario, random: () => number): TaskSpec {
  const startMs = random() * blockMs;
  return hold === "computing"
    ? { program: "keyDeriver", parameters: { keys: 1, polls: "until-drained", startMs }, background: true }
    : { program: "blocker", parameters: { blockMs, blocks: "until-drained", startMs }, background: true };
}

/** Turns polls into rows; polls with a negative tag only bring a task to its start and are left out. */
export function rowsOfPolls({ polls }: Pick<Records, "polls">) {
  const rows = Array.from(polls.tag.keys()).filter((row) => (polls.tag[row] as number) >= 0);
  const micro = (from: Float64Array, to: Float64Array) =>
    Int32Array.from(rows, (row) => Math.round(((to[row] as number) - (from[row] as number)) / 1000));
  return {
    source: rows.map((row) => ((polls.task[row] as number) < probes ? "probe" : "blocker")),
    overheadUs: micro(polls.dueNs, polls.startedNs),
    heldUs: micro(polls.startedNs, polls.endedNs),
  };
}
