import { type ColumnTable, from } from "arquero";
import { type Cell, cells } from "../../summary/cells.ts";
import { type RunCounts, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

const by = ["lifoSlot", "load", "placement", "clients"] as const;

/** Counts the requests that failed on Tokio, by slot × load × placement of the block × clients, with intervals over runs. */
export function tokioRequestFailures(dataset: Dataset): ColumnTable {
  return from(
    failures(dataset, {}).map(({ levels, counts: [failed, requests] }) => ({
      ...levels,
      runs: requests.length,
      requests: requests.reduce((sum, count) => sum + count, 0),
      ...intervalColumns("failure", "Share", shareOf(failed, requests)),
    })),
  );
}

/** One combination of levels of the request sweep. */
export interface RequestLevels {
  readonly lifoSlot: "on" | "off";
  readonly load: "closed-loop" | "open-loop";
  readonly placement: "before-deadline" | "inside-deadline";
  readonly clients: number;
}

/** Failed and all requests of each run at these levels. */
export function requestCounts(dataset: Dataset, levels: RequestLevels): RunCounts {
  return failures(dataset, { ...levels })[0]?.counts ?? [[], []];
}

function failures(
  dataset: Dataset,
  levels: Readonly<Record<string, string | number>>,
): { readonly levels: Cell["levels"]; readonly counts: RunCounts }[] {
  const where = { ...levels, workers: mainWorkers(dataset) };
  const all = cells(dataset, { value: "polls", by, where });
  const completed = cells(dataset, { value: "polls", by, where: { ...where, outcome: "completed" } });
  return all.map((cell) => {
    const good = completed.find((other) => by.every((name) => other.levels[name] === cell.levels[name]));
    const requests = cell.byRun.map(({ length }) => length);
    const failed = cell.runs.map(
      (run, i) => (requests[i] as number) - (good?.byRun[good.runs.indexOf(run)]?.length ?? 0),
    );
    return { levels: cell.levels, counts: [failed, requests] };
  });
}
