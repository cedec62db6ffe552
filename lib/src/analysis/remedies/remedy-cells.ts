import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";
import type { Runs } from "../estimate.ts";

/** One remedy on one kind of work. */
export interface RemedyCell {
  readonly job: string;
  readonly remedy: string;
  readonly callers: string;
}

/** Gives the delays (ns) of probes, of calls of fs.stat or of jobs, by run; none where they were not measured. */
export function delaysUnder(dataset: Dataset, cell: RemedyCell, kind: "probe" | "stat" | "job"): Runs {
  return (
    cells(dataset, { value: "delayNs", by: [], where: { ...cell, kind, payloadKiB: 0 } })[0]?.byRun ?? []
  );
}

/** Counts jobs that completed in a second, from the run's origin until its last job ended or was given up; one value a run. */
export function throughputUnder(dataset: Dataset, cell: RemedyCell): Runs {
  const query = { by: [], where: { ...cell, kind: "job", payloadKiB: 0 } };
  const [due] = cells(dataset, { ...query, value: "dueNs" });
  const [delay] = cells(dataset, { ...query, value: "delayNs" });
  const [completed] = cells(dataset, {
    ...query,
    value: "delayNs",
    where: { ...query.where, outcome: "completed" },
  });
  if (due === undefined || delay === undefined) return [];
  return due.runs.map((run, i) => {
    const [dueNs, delayNs] = [due.byRun[i] as Float64Array, delay.byRun[i] as Float64Array];
    const lastNs = dueNs.reduce((last, ns, row) => Math.max(last, ns + (delayNs[row] as number)), 0);
    const count = completed?.byRun[completed.runs.indexOf(run)]?.length ?? 0;
    return Float64Array.of(count / (lastNs * 1e-9));
  });
}
