import {
  type Estimate,
  geometricFactorOf,
  meanOf,
  meansOf,
  quantileOf,
  type Runs,
  shareOf,
} from "../../summary/estimate.ts";
import { intervalColumns } from "../../summary/interval-columns.ts";
import type { SampleOf } from "../../tables/experiment-declaration.ts";
import type { Dataset } from "../../tables/load.ts";
import type { experiment } from "./experiment.ts";

export type WatchData = Dataset<ReturnType<typeof experiment>>;
type Sample = SampleOf<ReturnType<typeof experiment>>;

export type StallVerdict = ReturnType<typeof stallVerdicts>[number];
export type InstrumentVerdict = ReturnType<typeof instrumentVerdicts>[number];
export type WatchCost = ReturnType<typeof watchCosts>[number];

/** The stalls that somebody makes by holding every worker of a pool. */
export const workerStalls = ["parked", "computing", "foreign-call", "wait-in-c", "collecting"] as const;

/**
 * Sets what was told beside what was so, by pool × workers × source: the share of stalls that were laid on who made them
 * (recall), the share of incidents told of that were laid rightly (precision), p99 of how far the told hold and wait were off,
 * p99 of the time to the first line, and the mean share of computing in the hold.
 */
export function stallVerdicts(dataset: WatchData) {
  const stalls = samplesOf(dataset, (row) => row.kind === "stall");
  const groups = Map.groupBy(stalls, ({ pool, workers, source }) => JSON.stringify([pool, workers, source]));
  return [...groups.values()].map((group) => {
    const { pool, workers, source } = group[0] as Sample;
    return {
      pool,
      workers,
      source,
      runs: byRun(group).length,
      stalls: group.length,
      ...intervalColumns("recall", "Share", recall(group)),
      ...intervalColumns("precision", "Share", precision(group)),
      ...intervalColumns("holdError", "Ms", quantileOf(errors(group, "toldHeldNs", "heldNs"), 0.99), 1e-6),
      ...intervalColumns(
        "waitError",
        "Ms",
        quantileOf(errors(group, "toldWaitedNs", "waitedNs"), 0.99),
        1e-6,
      ),
      ...intervalColumns(
        "firstLine",
        "Ms",
        quantileOf(
          values(group, ({ firstLineNs }) => firstLineNs),
          0.99,
        ),
        1e-6,
      ),
      ...intervalColumns("computing", "Share", meanOf(values(group, ({ computing }) => computing))),
    };
  });
}

/** Estimates the share of stalls by held workers that were laid on who made them. */
export function recallOf(dataset: WatchData): Estimate {
  return recall(heldStalls(dataset));
}

/** Estimates the share of incidents told of in those stalls, and beside one free worker, that were laid rightly. */
export function precisionOf(dataset: WatchData): Estimate {
  return precision(samplesOf(dataset, ({ kind, source }) => kind === "stall" && isOfWorkers(source)));
}

/** Estimates the share of those stalls that were told of before they were over. */
export function toldWhileTheyLast(dataset: WatchData): Estimate {
  return shareBy(
    heldStalls(dataset),
    ({ firstLineNs, heldNs }) => firstLineNs !== null && firstLineNs < Number(heldNs),
  );
}

/** Counts stretches of healthy load, their length and tasks, and the incidents told of in them. */
export function healthyLoad(dataset: WatchData) {
  const stretches = samplesOf(dataset, ({ kind }) => kind === "healthy");
  const sum = (value: (row: Sample) => number | null) =>
    stretches.reduce((total, row) => total + Number(value(row)), 0);
  return {
    stretches: stretches.length,
    minutes: sum(({ lastedNs }) => lastedNs) / 60e9,
    tasks: sum(({ tasks }) => tasks),
    incidents: sum(({ incidents }) => incidents),
    ...intervalColumns(
      "false",
      "Share",
      shareBy(stretches, ({ incidents }) => incidents !== 0),
    ),
  };
}

/** Who sees a stall: an instrument sees it where its reading is at least half of the hold. */
export const instruments = {
  watch: ({ blamed, expected }: Sample) => blamed !== null && blamed === expected,
  loopDelay: ({ loopDelayNs, heldNs }: Sample) => Number(loopDelayNs) >= Number(heldNs) / 2,
  utilization: ({ utilization }: Sample) => Number(utilization) >= 0.5,
  poolWaits: ({ poolWaitNs, heldNs }: Sample) => poolWaitNs !== null && poolWaitNs >= Number(heldNs) / 2,
} as const satisfies Record<string, (row: Sample) => boolean>;

/**
 * Sets other instruments beside the watch in the same stalls, by source, on Piscina: the share of stalls each sees. Only the
 * watch says who; Piscina's histogram of waits is told of tasks that were served, once they are.
 */
export function instrumentVerdicts(dataset: WatchData) {
  const stalls = samplesOf(dataset, ({ kind, pool }) => kind === "stall" && pool === "piscina");
  return [...Map.groupBy(stalls, ({ source }) => source)].map(([source, group]) => ({
    source,
    stalls: group.length,
    ...intervalColumns("watch", "Share", shareBy(group, instruments.watch)),
    ...intervalColumns("loopDelay", "Share", shareBy(group, instruments.loopDelay)),
    ...intervalColumns("utilization", "Share", shareBy(group, instruments.utilization)),
    ...intervalColumns("poolWaits", "Share", shareBy(group, instruments.poolWaits)),
  }));
}

/** Tells by which factor throughput and p99 of latency differ with the watch, paired within runs, and what a stamp costs. */
export function watchCosts(dataset: WatchData) {
  const loads = samplesOf(dataset, ({ source }) => source === "service");
  const groups = Map.groupBy(loads, ({ pool, workers }) => JSON.stringify([pool, workers]));
  return [...groups.values()].map((group) => {
    const { pool, workers } = group[0] as Sample;
    return {
      pool,
      workers,
      runs: byRun(group).length,
      ...intervalColumns("throughput", "Factor", throughputFactor(group)),
      ...intervalColumns(
        "latency",
        "Factor",
        factor(group, ({ latencyP99Ns }) => Number(latencyP99Ns)),
      ),
      ...intervalColumns("stamp", "Ns", meanOf(values(group, ({ stampNs }) => stampNs))),
    };
  });
}

/** Estimates by which factor the throughput differs with the watch, over all pools. */
export function throughputFactorOf(dataset: WatchData): Estimate {
  return throughputFactor(samplesOf(dataset, ({ source }) => source === "service"));
}

/** Estimates what a worker spends on stamping a task (ns). */
export function stampCostOf(dataset: WatchData): Estimate {
  return meanOf(
    values(
      samplesOf(dataset, ({ kind }) => kind === "stamp"),
      ({ stampNs }) => stampNs,
    ),
  );
}

function throughputFactor(rows: readonly Sample[]): Estimate {
  return factor(rows, ({ tasks, lastedNs }) => Number(tasks) / Number(lastedNs));
}

function factor(rows: readonly Sample[], value: (row: Sample) => number): Estimate {
  const ofRun = (watching: "on" | "off") =>
    values(rows, (row) => (row.kind === "load" && row.watching === watching ? value(row) : null));
  const [on, off] = [meansOf(ofRun("on")), meansOf(ofRun("off"))];
  const paired = on.map((mean, at) => Float64Array.of(mean / (off[at] as number)));
  return geometricFactorOf(
    paired,
    paired.map(() => Float64Array.of(1)),
  );
}

function heldStalls(dataset: WatchData): Sample[] {
  return samplesOf(
    dataset,
    ({ kind, source, expected }) => kind === "stall" && isOfWorkers(source) && expected !== null,
  );
}

function isOfWorkers(source: Sample["source"]): boolean {
  return source === "one-free" || workerStalls.some((name) => name === source);
}

function recall(stalls: readonly Sample[]): Estimate {
  return shareBy(
    stalls.filter(({ expected }) => expected !== null),
    ({ blamed, expected }) => blamed === expected,
  );
}

/** Every further incident in a stall is one too many. */
function precision(stalls: readonly Sample[]): Estimate {
  const runs = byRun(stalls);
  const right = (row: Sample) => Number(row.blamed !== null && row.blamed === row.expected);
  const sum = (rows: readonly Sample[], value: (row: Sample) => number) =>
    rows.reduce((total, row) => total + value(row), 0);
  return shareOf(
    runs.map((rows) => sum(rows, right)),
    runs.map((rows) => sum(rows, ({ incidents }) => Number(incidents))),
  );
}

function errors(
  rows: readonly Sample[],
  told: "toldHeldNs" | "toldWaitedNs",
  so: "heldNs" | "waitedNs",
): Runs {
  return values(rows, (row) =>
    row[told] === null || row[so] === null ? null : Math.abs((row[told] as number) - (row[so] as number)),
  );
}

function shareBy(rows: readonly Sample[], isMarked: (row: Sample) => boolean): Estimate {
  const runs = byRun(rows);
  return shareOf(
    runs.map((ofRun) => ofRun.filter(isMarked).length),
    runs.map(({ length }) => length),
  );
}

/** Gives a value of each run's samples, without those that lack it. */
function values(rows: readonly Sample[], value: (row: Sample) => number | null): Runs {
  return byRun(rows)
    .map((ofRun) => Float64Array.from(ofRun.map(value).filter((each) => each !== null)))
    .filter(({ length }) => length > 0);
}

function byRun(rows: readonly Sample[]): Sample[][] {
  return [...Map.groupBy(rows, ({ run }) => run).values()];
}

function samplesOf({ samples }: WatchData, isWanted: (row: Sample) => boolean): Sample[] {
  return (samples.objects() as Sample[]).filter(isWanted);
}
