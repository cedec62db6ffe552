import { sum } from "simple-statistics";
import { cells, type Where } from "../../summary/cells.ts";
import { type RunCounts, shareOf } from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

type TokioRequests = ReturnType<typeof experiment>;
export type TokioRequestsData = Dataset<TokioRequests>;

export type TokioRequestFailures = ReturnType<typeof tokioRequestFailures>[number];

const by = ["lifoSlot", "load", "placement", "clients"] as const;

/** One combination of levels of the request sweep. */
export type RequestLevels = Pick<SampleOf<TokioRequests>, (typeof by)[number]>;

/** Counts the requests that failed on Tokio, by slot × load × placement of the block × clients, with intervals over runs. */
export function tokioRequestFailures(dataset: TokioRequestsData) {
  return failures(dataset, {}).map(({ levels, counts: [failed, requests] }) => ({
    ...levels,
    runs: requests.length,
    requests: sum([...requests]),
    ...intervalColumns("failure", "Share", shareOf(failed, requests)),
  }));
}

/** Failed and all requests of each run at these levels. */
export function requestCounts(dataset: TokioRequestsData, levels: RequestLevels): RunCounts {
  return failures(dataset, levels)[0]?.counts ?? [[], []];
}

function failures(
  dataset: TokioRequestsData,
  levels: Where<TokioRequests>,
): { readonly levels: RequestLevels; readonly counts: RunCounts }[] {
  const where = { ...levels, workers: mainWorkers(dataset) };
  const completed = cells(dataset, { value: "polls", by, where: { ...where, outcome: "completed" } });
  return cells(dataset, { value: "polls", by, where }).map((cell) => {
    const good = completed.find((other) => by.every((name) => other.levels[name] === cell.levels[name]));
    const requests = cell.byRun.map(({ length }) => length);
    const failed = cell.runs.map(
      (run, i) => (requests[i] as number) - (good?.byRun[good.runs.indexOf(run)]?.length ?? 0),
    );
    return { levels: cell.levels, counts: [failed, requests] };
  });
}
