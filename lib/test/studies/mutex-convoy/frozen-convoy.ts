import type {
  ConvoyFailures,
  ConvoyLatencies,
  LockWaits,
} from "../../../src/studies/mutex-convoy/analysis.ts";
import { interval, unmeasured } from "../../summary/interval.ts";

const base = { executor: "run-queue", runs: 6, rounds: 6000 } as const;
const blockers = [0, 1, 2, 3, 4];
const wide = [0.8, 1.2] as const;

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
export const failures: readonly ConvoyFailures[] = [100, 200, 500].flatMap((tasks) =>
  blockers.flatMap((count) =>
    (["none", "fair"] as const).flatMap((lock) =>
      ["all", "contender", "bystander"].map((role) => {
        const failure = lock === "fair" && role === "contender" && count === 4 ? 0.9 : 0.01 * (count / 4);
        return {
          ...{ ...base, section: "yields" as const, tasks, lock, blockers: count, role },
          ...interval("failure", "Share", failure, [0.9, 1.05]),
          ...unmeasured("completedPerSecond", ""),
        };
      }),
    ),
  ),
);

export const waits: readonly LockWaits[] = [100, 200, 500].flatMap((tasks) =>
  blockers.map((count) => ({
    ...{ ...base, section: "yields" as const, tasks, lock: "fair" as const, blockers: count },
    ...interval("holdP50", "Ms", count === 4 ? 35 : 0.05, wide),
    ...interval("handOverP50", "Ms", count === 4 ? 7 : 0.02, wide),
    ...interval("lockWaitP50", "Ms", count === 4 ? 205 : tasks / 15, wide),
    ...unmeasured("lockWaitP95", "Ms"),
    ...unmeasured("holdP95", "Ms"),
  })),
);

export const latencies: readonly ConvoyLatencies[] = [0, 3].flatMap((count) =>
  (["none", "fair", "thread"] as const).map((lock, i) => ({
    ...{ ...base, section: "poll" as const, tasks: 100, lock, blockers: count, role: "bystander" },
    ...interval("p50", "Ms", 6 + 5 * i, wide),
    ...interval("p90", "Ms", 9 + 30 * i, wide),
  })),
);
