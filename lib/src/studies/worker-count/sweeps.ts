import { closedClients, requestsPerClient } from "../../design/closed-clients.ts";
import type { Records } from "../../executor/executor.ts";
import type { PollColumns } from "../../executor/poll-log.ts";
import type { ColumnsOf, Schema } from "../../tables/schema.ts";
import { requestEvent } from "../../workload/client.ts";
import type { TaskSpec } from "../../workload/programs.ts";

/** Every sweep has rows of its own: overheads of probes, or requests. */
export const sweepResponse = {
  overheadNs: {
    type: "int64",
    unit: "ns",
    meaning: "started − due of a probe's sleep; null in the sweep of requests",
    nullable: true,
  },
  latencyNs: {
    type: "int64",
    unit: "ns",
    meaning: "end or time-out − start of a request; null in the sweeps of blockers",
    nullable: true,
  },
  blocking: {
    type: "bool",
    unit: "",
    meaning: "request that blocked its worker for 50 ms before its timer started; null for probes",
    nullable: true,
  },
  outcome: {
    type: "category",
    unit: "",
    meaning: "completed or timed-out; null for probes",
    nullable: true,
  },
} as const satisfies Schema;

type Samples = ColumnsOf<typeof sweepResponse>;

export const probeSweep = { probes: 50, sleeps: 10, sleepMs: 10, blockMs: 50, blocks: 5 } as const;

/** What a level of `load` starts, and how what it left behind becomes rows. */
export interface Sweep {
  readonly meaning: string;
  specs(load: number, random: () => number): TaskSpec[];
  /** Rows that the design asks for. */
  expected(load: number): number;
  samples(records: Records): Samples;
}

/** Blockers as published beside so many probes. */
export function inStepSweep(count: number): Sweep {
  return {
    meaning: "blockers 5 × 50 ms, all from the start, as published",
    specs: (blockers, random) => [
      ...probes(count, 0, random),
      ...Array.from({ length: blockers }, (): TaskSpec => {
        const { blockMs, blocks } = probeSweep;
        return { program: "blocker", parameters: { blockMs, blocks, startMs: 0 } };
      }),
    ],
    expected: () => count * probeSweep.sleeps,
    samples: (records) => overheads(records, count),
  };
}

export const sweeps = {
  "in-step": inStepSweep(probeSweep.probes),
  "out-of-step": {
    meaning: "blockers of 50 ms without end, at seeded phases, all under way when the probes start",
    specs: (blockers, random) => [
      ...probes(probeSweep.probes, 2 * probeSweep.blockMs, random),
      ...Array.from({ length: blockers }, (): TaskSpec => {
        const { blockMs } = probeSweep;
        return {
          program: "blocker",
          parameters: { blockMs, blocks: "until-drained", startMs: random() * blockMs },
          background: true,
        };
      }),
    ],
    expected: () => probeSweep.probes * probeSweep.sleeps,
    samples: (records) => overheads(records, probeSweep.probes),
  },
  requests: {
    meaning: "no blockers but clients, closed loop, whose requests block 50 ms with a share of 30 %",
    specs: closedClients,
    expected: (clients) => clients * requestsPerClient,
    samples: requests,
  },
} as const satisfies Record<string, Sweep>;

export type SweepName = keyof typeof sweeps;

function probes(count: number, leadMs: number, random: () => number): TaskSpec[] {
  const { sleeps, sleepMs } = probeSweep;
  return Array.from({ length: count }, () => ({
    program: "probe",
    parameters: { sleeps, sleepMs, phaseMs: leadMs + random() * sleepMs },
  }));
}

function overheads({ polls }: Records, count: number): Samples {
  const rows = sleepsOfProbes(polls, count);
  return {
    overheadNs: rows.map((row) =>
      Math.round((polls.startedNs[row] as number) - (polls.dueNs[row] as number)),
    ),
    latencyNs: rows.map(() => null),
    blocking: rows.map(() => null),
    outcome: rows.map(() => null),
  };
}

function sleepsOfProbes({ task, tag }: PollColumns, count: number): number[] {
  return Array.from(task.keys()).filter((row) => (task[row] as number) < count && (tag[row] as number) >= 0);
}

function requests({ events }: Records): Samples {
  const column = (name: (typeof requestEvent)[number]): number[] => {
    const index = requestEvent.indexOf(name);
    return events.map((event) => Math.round(event[index] as number));
  };
  return {
    overheadNs: events.map(() => null),
    latencyNs: column("latencyNs"),
    blocking: column("blocking").map(Boolean),
    outcome: column("timedOut").map((timedOut) => (timedOut ? "timed-out" : "completed")),
  };
}
