import { type ColumnTable, from } from "arquero";

const base = { executor: "run-queue", runs: 6, rounds: 6000 };
const blockers = [0, 1, 2, 3, 4];

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
export const failures: ColumnTable = from(
  [100, 200, 500].flatMap((tasks) =>
    blockers.flatMap((count) =>
      ["none", "fair"].flatMap((lock) =>
        ["all", "contender", "bystander"].map((role) => {
          const failure = lock === "fair" && role === "contender" && count === 4 ? 0.9 : 0.01 * (count / 4);
          return {
            ...{ ...base, section: "yields", tasks, lock, blockers: count, role },
            ...{ failureShare: failure, failureLowShare: failure * 0.9, failureHighShare: failure * 1.05 },
          };
        }),
      ),
    ),
  ),
);

export const waits: ColumnTable = from(
  [100, 200, 500].flatMap((tasks) =>
    blockers.map((count) => ({
      ...{ ...base, section: "yields", tasks, lock: "fair", blockers: count },
      ...interval("holdP50", count === 4 ? 35 : 0.05),
      ...interval("handOverP50", count === 4 ? 7 : 0.02),
      ...interval("lockWaitP50", count === 4 ? 205 : tasks / 15),
    })),
  ),
);

export const latencies: ColumnTable = from(
  [0, 3].flatMap((count) =>
    ["none", "fair", "thread"].map((lock, i) => ({
      ...{ ...base, section: "poll", tasks: 100, lock, blockers: count, role: "bystander" },
      ...interval("p50", 6 + 5 * i),
      ...interval("p90", 9 + 30 * i),
    })),
  ),
);

function interval(name: string, value: number): Record<string, number> {
  return { [`${name}Ms`]: value, [`${name}LowMs`]: value * 0.8, [`${name}HighMs`]: value * 1.2 };
}
