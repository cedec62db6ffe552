import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import type { Incident, Watch } from "scheduling-safety-watch";
import { loopDelayPeriodNs } from "../../measure/watch-thread.ts";
import type { ForeignSleep } from "../../workload/foreign-sleep.ts";
import type { BlockedAt } from "./blocked-at-reading.ts";
import type { HoldName, HoldStamps, HoldTask } from "./holds.ts";
import type { WatchedPool } from "./watched-pools.ts";

/** What is made to go wrong; `one-free` leaves one worker free, so that nobody is starved. */
export type StallSource = HoldName | "one-free" | "main-thread" | "libuv";

/** A stall as it was, beside what was told of it and what other instruments read. */
export interface Stall {
  readonly expected: string | null;
  readonly blamed: string | null;
  readonly incidents: number;
  readonly heldNs: number;
  readonly toldHeldNs: number | null;
  readonly waitedNs: number | null;
  readonly toldWaitedNs: number | null;
  readonly firstLineNs: number | null;
  readonly computing: number | null;
  readonly notAttributable: number | null;
  readonly loopDelayNs: number;
  readonly utilization: number;
  readonly poolWaitNs: number | null;
  /** Null where `blocked-at` was not running. */
  readonly blockedAtNs: number | null;
}

interface Truth {
  readonly expected: string | null;
  readonly saturatedNs: number;
  readonly heldNs: number;
  readonly waitedNs: number | null;
}

const victims = 2;
/** As many as libuv's pool has by default. */
const libuvThreads = 4;
/** An incident is over when it has been quiet for 50 ms. */
const settleMs = 90;
/** Instruments run for so long before a stall. */
const leadMs = (3 * loopDelayPeriodNs) / 1e6;
const nothing: HoldTask = { hold: null, ms: 0 };

/** Makes stalls on a watched pool, one after the other. */
export class StallMaker {
  readonly #watch: Watch;
  readonly #pool: WatchedPool;
  readonly #workers: number;
  readonly #foreignSleep: ForeignSleep;
  readonly #told: { readonly kind: "began" | "over"; readonly incident: Incident }[] = [];

  constructor(watch: Watch, pool: WatchedPool, workers: number, foreignSleep: ForeignSleep) {
    this.#watch = watch;
    this.#pool = pool;
    this.#workers = workers;
    this.#foreignSleep = foreignSleep;
    watch.incidents.listen((kind, incident) => this.#told.push({ kind, incident }));
  }

  /**
   * Makes one stall of a length and waits until all has been told of it.
   *
   * @param blockedAt a rival that is on only where it is wanted: it slows every callback of this thread
   */
  async make(source: StallSource, ms: number, blockedAt: BlockedAt | null): Promise<Stall> {
    this.#told.length = 0;
    this.#pool.readWaits();
    blockedAt?.start();
    const loop = monitorEventLoopDelay({ resolution: loopDelayPeriodNs / 1e6 });
    loop.enable();
    // One times callbacks that begin after it, the other what follows its first beat: no stall may come before.
    await setTimeout(leadMs);
    const before = performance.eventLoopUtilization();
    const truth = await this.#truth(source, ms);
    const about = source === "main-thread" ? "main" : source === "libuv" ? "libuv" : "pool";
    const { utilization } = performance.eventLoopUtilization(before);
    await setTimeout(settleMs);
    loop.disable();
    await this.#watch.heard();
    const poolWaitNs = this.#pool.readWaits();
    const blockedAtNs = blockedAt?.stop() ?? null;
    return { ...this.#tell(about, truth), loopDelayNs: loop.max, utilization, poolWaitNs, blockedAtNs };
  }

  #truth(source: StallSource, ms: number): Promise<Truth> {
    if (source === "main-thread") return this.#blockMainThread(ms);
    if (source === "libuv") return this.#fillLibuv(ms);
    return source === "one-free"
      ? this.#holdWorkers("parked", ms, this.#workers - 1)
      : this.#holdWorkers(source, ms, this.#workers);
  }

  async #holdWorkers(hold: HoldName, ms: number, count: number): Promise<Truth> {
    const holding = Array.from({ length: count }, () => this.#pool.run("report", { hold, ms }));
    const submittedNs = now();
    const waiting = Array.from({ length: victims }, () => this.#pool.run("step", nothing));
    const holds = await Promise.all(holding);
    const steps = await Promise.all(waiting);
    return {
      expected: count < this.#workers ? null : "report",
      saturatedNs: Math.max(submittedNs, ...holds.map(([startedNs]) => startedNs)),
      heldNs: Math.max(...holds.map(([startedNs, endedNs]) => endedNs - startedNs)),
      waitedNs: Math.max(...steps.map(([startedNs]) => startedNs - submittedNs)),
    };
  }

  async #blockMainThread(ms: number): Promise<Truth> {
    const steps: Promise<HoldStamps>[] = Array.from({ length: victims }, () =>
      this.#pool.run("step", nothing),
    );
    const startedNs = now();
    while (now() - startedNs < ms * 1e6);
    const heldNs = now() - startedNs;
    await Promise.all(steps);
    return { expected: "main thread", saturatedNs: startedNs, heldNs, waitedNs: null };
  }

  async #fillLibuv(ms: number): Promise<Truth> {
    const startedNs = now();
    await Promise.all(Array.from({ length: libuvThreads }, () => this.#foreignSleep.async(ms)));
    return { expected: "libuv", saturatedNs: startedNs, heldNs: now() - startedNs, waitedNs: null };
  }

  #tell(about: Incident["kind"], { expected, saturatedNs, heldNs, waitedNs }: Truth) {
    const told = this.#told.filter(({ incident }) => incident.kind === about);
    const over = told.filter(({ kind }) => kind === "over").map(({ incident }) => incident);
    const [longest] = [...over].sort((a, b) => b.starvedNs - a.starvedNs);
    const first = told.find(({ kind }) => kind === "began");
    const culprit = longest?.culprits[0];
    return {
      expected,
      blamed: longest === undefined ? null : longest.kind === "libuv" ? "libuv" : (culprit?.task ?? "nobody"),
      incidents: over.length,
      heldNs,
      toldHeldNs: longest === undefined ? null : (culprit?.longestHoldNs ?? longest.starvedNs),
      waitedNs,
      toldWaitedNs: waitedNs === null ? null : (longest?.victims[0]?.longestWaitNs ?? null),
      firstLineNs: first === undefined ? null : first.incident.toldNs - saturatedNs,
      computing: longest?.threads?.computing ?? null,
      notAttributable: longest?.notAttributable ?? null,
    };
  }
}

function now(): number {
  return Number(process.hrtime.bigint());
}
