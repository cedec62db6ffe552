import { range } from "../../design/design-parts.ts";
import { dispatcherDelayP99 } from "../../design/dispatcher-delay.ts";
import type { RunResult } from "../../design/experiment.ts";
import { type ExecutorName, executors } from "../../executor/executors.ts";
import { seededRandom } from "../../stats/random.ts";
import type { TaskSpec } from "../../workload/programs.ts";
import type { response } from "./response.ts";
import { introspectionSamples } from "./samples.ts";

export interface IntrospectionScenario {
  readonly executor: ExecutorName;
  readonly workers: number;
  readonly blockers: number;
  readonly hold: "parked" | "computing";
  readonly atomics: "sync" | "async";
}

const probes = 50;
export const sleeps = 30;
export const sleepMs = 10;
const blockMs = 50;

/** Runs probes beside blockers that go on until the probes are done, with every instrument on. */
export async function runIntrospection(
  { executor, workers, blockers, hold, atomics }: IntrospectionScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const specs: TaskSpec[] = [
    ...range(0, probes - 1).map((): TaskSpec => {
      return { program: "probe", parameters: { sleeps, sleepMs, phaseMs: random() * sleepMs } };
    }),
    ...range(0, blockers - 1).map((): TaskSpec => blocker(hold, random() * blockMs)),
  ];
  const records = await executors[executor](specs, workers, { watch: true, atomics });
  const { polls } = records;
  const ofProbes = polls.task.filter((task, row) => task < probes && (polls.tag[row] as number) >= 0).length;
  return {
    samples: introspectionSamples(records, { probes, tasks: specs.length, workers }),
    lostSamples: probes * sleeps - ofProbes,
    // With a computing blocker on every core the dispatcher waits for one, too; its lateness is in the samples.
    dispatcherDelayP99Ns: hold === "computing" ? null : dispatcherDelayP99(polls),
  };
}

function blocker(hold: IntrospectionScenario["hold"], startMs: number): TaskSpec {
  const times = "until-drained" as const;
  return hold === "parked"
    ? { program: "blocker", parameters: { blockMs, blocks: times, startMs }, background: true }
    : { program: "keyDeriver", parameters: { keys: 1, polls: times, startMs }, background: true };
}
