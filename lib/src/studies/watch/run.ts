import { Watch } from "scheduling-safety-watch";
import type { RunResult } from "../../design/experiment.ts";
import { seededRandom } from "../../stats/random.ts";
import { columnsFrom, type RowOf } from "../../tables/columns-from.ts";
import { loadForeignSleep } from "../../workload/foreign-sleep.ts";
import { serveHealthily } from "./healthy-load.ts";
import { StallMaker, type StallSource } from "./make-stall.ts";
import { response } from "./response.ts";
import { serviceCost, stampCost } from "./watch-cost.ts";
import { type poolNames, startPool } from "./watched-pools.ts";

export interface WatchScenario {
  readonly pool: (typeof poolNames)[number];
  readonly workers: number;
  readonly source: StallSource | "none" | "service";
  readonly seconds: number;
}

type Full = RowOf<typeof response>;
type Row = Pick<Full, "kind" | "number"> & Partial<Full>;

export const stallsPerRun = 12;
/** The main thread is known to a beat, libuv's pool to a call of the canary: their stalls are longer. */
const lengths = { pool: [20, 200], other: [150, 350] } as const;

/** Stalls of the main thread and of libuv's pool are told of from 50 ms on, everything else by the watch's defaults. */
const limits = (source: WatchScenario["source"]) =>
  source === "main-thread" || source === "libuv" ? { mainMs: 50, libuvMs: 50 } : {};

/** Starts the watch in this process, makes one kind of trouble, and sets what was told beside what was so. */
export async function runWatch(
  { pool: name, workers, source, seconds }: WatchScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const watch = Watch.start({ lines: "off", stacks: false, ...limits(source) });
  const pool = await startPool(name, workers);
  try {
    const rows = await measure();
    const samples = columnsFrom(
      response,
      rows.map((row) => ({ ...nothing, ...row })),
    );
    return { samples, lostSamples: 0, dispatcherDelayP99Ns: null };
  } finally {
    await pool.close();
    await watch.stop();
  }

  async function measure(): Promise<Row[]> {
    if (source === "service") {
      const loads = await serviceCost(pool, workers, seconds, random);
      return [...loads, { kind: "stamp", stampNs: stampCost() }].map((row, number) => ({
        kind: "load",
        number,
        ...row,
      }));
    }
    pool.watch();
    if (source === "none")
      return [
        { kind: "healthy", number: 0, ...(await serveHealthily(watch, pool, workers, seconds, random)) },
      ];
    const maker = new StallMaker(watch, pool, workers, await loadForeignSleep());
    const [from, to] = source === "main-thread" || source === "libuv" ? lengths.other : lengths.pool;
    await maker.make(source, from);
    const rows: Row[] = [];
    for (let number = 0; number < stallsPerRun; number++) {
      rows.push({ kind: "stall", number, ...(await maker.make(source, from + random() * (to - from))) });
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
  watching: null,
  tasks: null,
  lastedNs: null,
  latencyP99Ns: null,
  stampNs: null,
} as const;
