import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Watch, type WatchOptions } from "scheduling-safety-watch";
import type { RunResult } from "../../design/experiment.ts";
import { seededRandom } from "../../stats/random.ts";
import { columnsFrom, type RowOf } from "../../tables/columns-from.ts";
import { loadForeignSleep } from "../../workload/foreign-sleep.ts";
import { loadBlockedAt } from "./blocked-at-reading.ts";
import { serveHealthily } from "./healthy-load.ts";
import { StallMaker, type StallSource } from "./make-stall.ts";
import { millionTasks } from "./million-tasks.ts";
import { response } from "./response.ts";
import { stampCost } from "./stamp-cost.ts";
import { type Service, serviceCost } from "./watch-cost.ts";
import { type poolNames, startPool, type WatchedPool } from "./watched-pools.ts";

export interface WatchScenario {
  readonly pool: (typeof poolNames)[number];
  readonly workers: number;
  readonly source: StallSource | Service | "none" | "million-tasks";
  readonly seconds: number;
}

type Full = RowOf<typeof response>;
type Row = Pick<Full, "kind" | "number"> & Partial<Full>;

export const stallsPerRun = 15;
/** The main thread is known to a beat, libuv's pool to a call of the canary: their stalls are longer. */
const lengths = { pool: [20, 200], other: [150, 350] } as const;

/** Stalls of the main thread and of libuv's pool are told of from 50 ms on, everything else by the watch's defaults. */
function settings(source: WatchScenario["source"], trace: string): WatchOptions {
  if (source === "main-thread" || source === "libuv") return { mainMs: 50, libuvMs: 50 };
  return source === "million-tasks" ? { trace, traceMiB: 1 } : {};
}

/**
 * Starts the watch in this process, makes one kind of trouble, and sets what was told beside what was so.
 *
 * @throws {NotTestableError} where foreign calls, for which every worker is prepared, are refused.
 */
export async function runWatch(
  { pool: name, workers, source, seconds }: WatchScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  // Here first: what is thrown in a worker comes back without its class.
  const foreignSleep = await loadForeignSleep();
  const trace = mkdtempSync(join(tmpdir(), "watch-study-"));
  const watch = Watch.start({ lines: "off", stacks: false, ...settings(source, trace) });
  try {
    const pool = await startPool(name, workers);
    const rows = await measure(pool).finally(pool.close);
    const samples = columnsFrom(
      response,
      rows.map((row) => ({ ...nothing, ...row })),
    );
    return { samples, lostSamples: 0, dispatcherDelayP99Ns: null };
  } finally {
    await watch.stop();
    rmSync(trace, { recursive: true });
  }

  async function measure(pool: WatchedPool): Promise<Row[]> {
    if (source === "service" || source === "tiny-tasks") {
      const loads = await serviceCost(pool, workers, source, seconds, random);
      const rows: Row[] = loads.map((load, number) => ({ kind: "load", number, ...load }));
      return [...rows, { kind: "stamp", number: 0, stampNs: stampCost() }];
    }
    pool.watch();
    if (source === "million-tasks") {
      const readings = await millionTasks(pool, workers, trace);
      return readings.map((reading, number) => ({ kind: "memory", number, ...reading }));
    }
    if (source === "none")
      return [
        { kind: "healthy", number: 0, ...(await serveHealthily(watch, pool, workers, seconds, random)) },
      ];
    return makeStalls(pool, source);
  }

  async function makeStalls(pool: WatchedPool, source: StallSource): Promise<Row[]> {
    const blockedAt = await loadBlockedAt();
    const maker = new StallMaker(watch, pool, workers, foreignSleep);
    const [from, to] = source === "main-thread" || source === "libuv" ? lengths.other : lengths.pool;
    await maker.make(source, from, blockedAt);
    const rows: Row[] = [];
    for (let number = 0; number < stallsPerRun; number++) {
      const rival = name === "piscina" && number % 4 === 3 ? blockedAt : null;
      rows.push({
        kind: "stall",
        number,
        ...(await maker.make(source, from + random() * (to - from), rival)),
      });
    }
    return rows;
  }
}

/** A row tells what its kind has; the rest is missing. */
const nothing = {
  expected: null,
  blamed: null,
  incidents: null,
  heldNs: null,
  toldHeldNs: null,
  waitedNs: null,
  toldWaitedNs: null,
  firstLineNs: null,
  computing: null,
  notAttributable: null,
  loopDelayNs: null,
  utilization: null,
  poolWaitNs: null,
  blockedAtNs: null,
  watching: null,
  tasks: null,
  lastedNs: null,
  latencyP99Ns: null,
  mainCpuNs: null,
  workersCpuNs: null,
  watchCpuNs: null,
  runtimeCpuNs: null,
  rssBytes: null,
  traceBytes: null,
  stampNs: null,
} as const;
