import { type ColumnTable, from } from "arquero";
import type { Dataset } from "../../tables/load.ts";
import { type Cell, cells } from "../cells.ts";
import { meanOf, quantileOf, shareOf } from "../estimate.ts";
import { intervalColumns } from "../interval-columns.ts";
import { delaysUnder, type RemedyCell, throughputUnder } from "./remedy-cells.ts";

/**
 * Sets the remedies beside each other, by callers × job × remedy: how late the probes on the shared pool were, how long
 * fs.stat took on libuv's, how many jobs completed in a second, and of the jobs that were given up, the share that held
 * a worker all the same.
 */
export function remedyEffects(dataset: Dataset): ColumnTable {
  const measured = cells(dataset, {
    value: "delayNs",
    by: ["callers", "job", "remedy"],
    where: { kind: "probe", payloadKiB: 0 },
  });
  return from(measured.map((cell) => describe(dataset, cell)));
}

function describe(dataset: Dataset, { levels, byRun }: Cell) {
  const at = levels as unknown as RemedyCell;
  const stats = delaysUnder(dataset, at, "stat");
  return {
    ...levels,
    runs: byRun.length,
    ...intervalColumns("probeP50", "Ms", quantileOf(byRun, 0.5), 1e-6),
    ...intervalColumns("probeP95", "Ms", quantileOf(byRun, 0.95), 1e-6),
    ...intervalColumns("probeP99", "Ms", quantileOf(byRun, 0.99), 1e-6),
    ...intervalColumns("statP50", "Ms", quantileOf(stats, 0.5), 1e-6),
    ...intervalColumns("statP95", "Ms", quantileOf(stats, 0.95), 1e-6),
    ...intervalColumns("jobsPerSecond", "", meanOf(throughputUnder(dataset, at))),
    ...intervalColumns("wasted", "Share", wastedShare(dataset, at)),
  };
}

/** Of the jobs that were given up, the share that a worker ran nevertheless. */
function wastedShare(dataset: Dataset, at: RemedyCell) {
  const where = { ...at, kind: "job", payloadKiB: 0, outcome: "timed-out" };
  const [givenUp] = cells(dataset, { value: "delayNs", by: [], where });
  const [held] = cells(dataset, { value: "heldNs", by: [], where });
  const runs = givenUp?.runs ?? [];
  return shareOf(
    runs.map((run) => held?.byRun[held.runs.indexOf(run)]?.length ?? 0),
    runs.map((_, i) => givenUp?.byRun[i]?.length ?? 0),
  );
}
