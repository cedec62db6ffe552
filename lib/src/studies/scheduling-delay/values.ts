import type { ColumnTable } from "arquero";
import { type Handed, numberAt, pascal } from "../../summary/handed.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import type { Dataset } from "../../tables/load.ts";

/** The tables that the scheduling-delay notebook has made. */
export interface DelaySummaries {
  readonly delays: ColumnTable;
  readonly components: ColumnTable;
  readonly designs: ColumnTable;
  readonly floor: ColumnTable;
}

const designNames = {
  original: "Original",
  "200 probes": "200Probes",
  "500 probes": "500Probes",
  "aligned phases": "Aligned",
  "open loop": "OpenLoop",
  "sustained blocking": "Sustained",
  "one 150 ms burst": "Burst",
} as const;

/**
 * Names the numbers that the article cites. Blockers are named by what they leave: `Free` none blocked, `One` one
 * blocked, `Below` one worker left, `At` none left, `Beyond` two blockers more than workers. Null where the profile did
 * not measure a value.
 */
export function delayValues(
  dataset: Dataset,
  { delays, components, designs, floor }: DelaySummaries,
): Handed {
  const workers = mainWorkers(dataset);
  const { runs, parameters, host, software, profile, date } = dataset.manifest;
  const values: Record<string, number | string | null> = {
    hostCpu: host.cpuModel,
    hostCores: host.cores,
    hostMemoryGiB: host.memoryGiB,
    hostKernel: host.kernel,
    nodeVersion: software.node,
    profile,
    date,
    workers,
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    lateDispatcherRuns: runs.invalid["dispatcher delay"] ?? 0,
    samples: dataset.samples.numRows(),
    baseReplicates: parameters.parts.find(({ name }) => name === "base")?.replicates ?? null,
  };
  const marks = { Free: 0, Below: workers - 1, At: workers, Beyond: workers + 2 };
  for (const executor of ["run-queue", "piscina", "pinned"]) {
    const at = (blockers: number, column: string) =>
      numberAt(delays, { executor, workers, blockers }, column);
    for (const [mark, blockers] of Object.entries(marks)) {
      values[`p50${pascal(executor)}${mark}Ms`] = at(blockers, "p50Ms");
      values[`p99${pascal(executor)}${mark}Ms`] = at(blockers, "p99Ms");
    }
    values[`ratio${pascal(executor)}Below`] = at(workers - 1, "ratio");
    values[`ratio${pascal(executor)}At`] = at(workers, "ratio");
    values[`late${pascal(executor)}AtShare`] = at(workers, "lateShare");
  }
  values["p99PinnedOneMs"] = numberAt(delays, { executor: "pinned", workers, blockers: 1 }, "p99Ms");
  values["hdrLargestDifferenceMs"] = largestHdrDifference(delays);
  const queue = (blockers: number, part: string) =>
    numberAt(components, { executor: "run-queue", blockers }, `${part}P99Ms`);
  values["dispatchP99RunQueueAtMs"] = queue(workers, "dispatch");
  values["queueP99RunQueueBelowMs"] = queue(workers - 1, "queue");
  values["queueP99RunQueueAtMs"] = queue(workers, "queue");
  return { ...values, ...stepValues(designs), ...floorValues(floor) };
}

function stepValues(designs: ColumnTable): Handed {
  const values: Record<string, number | null> = {};
  for (const [design, name] of Object.entries(designNames)) {
    const where = { design, executor: "run-queue" };
    values[`stepRunQueue${name}`] = numberAt(designs, where, "step");
    if (design !== "original" && design !== "one 150 ms burst") continue;
    values[`stepRunQueue${name}Low`] = numberAt(designs, where, "stepLow");
    values[`stepRunQueue${name}High`] = numberAt(designs, where, "stepHigh");
  }
  for (const executor of ["piscina", "pinned"]) {
    values[`step${pascal(executor)}Original`] = numberAt(designs, { design: "original", executor }, "step");
  }
  const burst = { design: "one 150 ms burst", executor: "run-queue" };
  values["p99RunQueueBurstBelowMs"] = numberAt(designs, burst, "belowMs");
  values["p99RunQueueBurstAtMs"] = numberAt(designs, burst, "atMs");
  values["p50RunQueueBurstBelowMs"] = numberAt(designs, burst, "p50BelowMs");
  values["p50RunQueueBurstAtMs"] = numberAt(designs, burst, "p50AtMs");
  return values;
}

function floorValues(floor: ColumnTable): Handed {
  const values: Record<string, number | null> = {};
  for (const probes of [50, 200, 500]) {
    // The median of 50 bare timers lies around zero: there, only the difference says something.
    for (const quantile of probes === 50 ? ["p99"] : ["p50", "p99"]) {
      const where = { executor: "run-queue", probes, quantile };
      values[`floor${pascal(quantile)}Ratio${probes}Probes`] = numberAt(floor, where, "ratio");
    }
  }
  const base = { executor: "run-queue", probes: 50 };
  values["floorP50Difference50ProbesMs"] = numberAt(floor, { ...base, quantile: "p50" }, "differenceMs");
  values["timerP50Ms"] = numberAt(floor, { ...base, quantile: "p50" }, "timerMs");
  values["timerP99Ms"] = numberAt(floor, { ...base, quantile: "p99" }, "timerMs");
  return values;
}

function largestHdrDifference(delays: ColumnTable): number | null {
  const rows = delays.objects() as { p99Ms: number | null; hdrP99Ms: number | null }[];
  const differences = rows.flatMap(({ p99Ms, hdrP99Ms }) =>
    p99Ms === null || hdrP99Ms === null ? [] : [Math.abs(p99Ms - hdrP99Ms)],
  );
  return differences.length === 0 ? null : Math.max(...differences);
}
