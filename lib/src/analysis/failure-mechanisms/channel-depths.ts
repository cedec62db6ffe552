import { type ColumnTable, from, table } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { cells } from "../cells.ts";
import { meanOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import type { SampleRow } from "../marked-counts.ts";

const binMs = 50;

/**
 * Describes how full the channel was over time, by placement × blockers: the mean depth that events met when they were
 * sent or given up, in bins of 50 ms of that moment, with intervals over runs.
 */
export function channelDepths(dataset: Dataset): ColumnTable {
  const rows = dataset.samples.objects() as SampleRow[];
  const atMs = rows.map(({ intendedNs, waitNs }) => {
    const bin = Math.floor((Number(intendedNs) + Number(waitNs)) / (binMs * 1e6));
    return (bin + 0.5) * binMs;
  });
  const samples = dataset.samples.assign(table({ atMs }));
  const found = cells(
    { ...dataset, samples },
    { by: ["placement", "blockers", "atMs"], where: { mechanism: "bounded-channel" }, value: "depth" },
  );
  return from(
    found.map(({ levels, byRun }) => ({
      ...levels,
      runs: byRun.length,
      ...intervalColumns("depth", "", meanOf(byRun)),
    })),
  );
}
