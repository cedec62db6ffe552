import type { ColumnTable } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Handed, numberAt, pascal } from "../handed.ts";
import { mainWorkers } from "../main-workers.ts";

/** The tables that the load-ramp notebook has made. */
export interface LoadRampSummaries {
  readonly rates: ColumnTable;
  readonly collapse: ColumnTable;
  readonly room: ColumnTable;
}

/**
 * Names the numbers that the article cites: tasks at which half of the requests fail with all workers but one blocked
 * (`Below`) and with none (`Free`), what blocking adds, and the most polls a second. Null where the profile did not measure
 * a value.
 */
export function loadRampValues(dataset: Dataset, { rates, collapse, room }: LoadRampSummaries): Handed {
  const workers = mainWorkers(dataset);
  const { runs } = dataset.manifest;
  const values: Record<string, number | null> = {
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
  };
  for (const executor of ["run-queue", "piscina", "pinned"]) {
    const name = pascal(executor);
    const free = { executor, blockers: 0 };
    for (const bound of ["", "Low", "High"]) {
      values[`half${name}Free${bound}`] = numberAt(collapse, free, `midpointTasks${bound}`);
    }
    values[`half${name}Below`] = numberAt(collapse, { ...free, blockers: workers - 1 }, "midpointTasks");
    values[`most${name}PollsASecond`] = most(room, free, "pollsASecond");
  }
  for (const bound of ["Low", "High"]) {
    const beside = { executor: "run-queue", blockers: workers - 1 };
    values[`halfRunQueueBelow${bound}`] = numberAt(collapse, beside, `midpointTasks${bound}`);
  }
  for (const name of ["control", "blocked"]) {
    const at = { executor: "run-queue", tasks: 5000 };
    values[`${name}RunQueueAt5000Share`] = numberAt(rates, at, `${name}Share`);
  }
  for (const bound of ["", "Low", "High"]) {
    values[`addedPinnedAt500${bound}Share`] = numberAt(
      rates,
      { executor: "pinned", tasks: 500 },
      `added${bound}Share`,
    );
  }
  values["addedPiscinaMostShare"] = most(rates, { executor: "piscina" }, "addedShare");
  values["addedRunQueueMostShare"] = most(rates, { executor: "run-queue" }, "addedShare");
  return values;
}

function most(
  table: ColumnTable,
  where: Readonly<Record<string, string | number>>,
  column: string,
): number | null {
  const found = (table.objects() as Record<string, unknown>[])
    .filter((row) => Object.entries(where).every(([name, level]) => row[name] === level))
    .map((row) => row[column])
    .filter((value) => typeof value === "number");
  return found.length === 0 ? null : Math.max(...found);
}
