import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

/** The tables that the load-ramp notebook has made. */
export interface LoadRampSummaries {
  readonly rates: ColumnTable;
  readonly collapse: ColumnTable;
  readonly room: ColumnTable;
}

/**
 * Names the numbers that the article cites: tasks at which half of the requests fail with all workers but one blocked
 * (`Below`) and with none (`Free`), failure rates around the collapse, what blocking adds, and the most polls a second. Null
 * where the profile did not measure a value.
 */
export function loadRampValues(dataset: Dataset, { rates, collapse, room }: LoadRampSummaries): Handed {
  const { runs } = dataset.manifest;
  const blockers = { Free: 0, Below: mainWorkers(dataset) - 1 };
  const values: Record<string, number | null> = {
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    onsetPinnedFree: numberAt(collapse, { executor: "pinned", blockers: 0 }, "onsetTasks"),
    busyRunQueueAt5000Share: numberAt(room, { executor: "run-queue", tasks: 5000, blockers: 0 }, "busyShare"),
  };
  for (const executor of ["run-queue", "piscina"]) {
    for (const [mark, count] of Object.entries(blockers)) {
      const name = `${pascal(executor)}${mark}`;
      for (const bound of ["", "Low", "High"]) {
        const at = { executor, blockers: count };
        values[`half${name}${bound}`] = numberAt(collapse, at, `midpointTasks${bound}`);
      }
      values[`pollsASecond${name}`] = most(room, { executor, blockers: count }, "pollsASecond");
    }
  }
  for (const tasks of [3000, 5000]) {
    for (const rate of ["control", "blocked"]) {
      const at = { executor: "run-queue", tasks };
      values[`${rate}RunQueueAt${tasks}Share`] = numberAt(rates, at, `${rate}Share`);
    }
  }
  for (const bound of ["", "Low", "High"]) {
    const column = `added${bound}Share`;
    values[`addedPiscinaAt200${bound}Share`] = numberAt(rates, { executor: "piscina", tasks: 200 }, column);
    values[`addedPinnedAt500${bound}Share`] = numberAt(rates, { executor: "pinned", tasks: 500 }, column);
  }
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
