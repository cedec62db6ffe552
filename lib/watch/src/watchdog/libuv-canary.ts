import type { Incident } from "../incident/incident.ts";

/** Makes a trivial call to libuv's pool and tells when it is done. */
export type TrivialCall = (done: () => void) => void;

/** How long to leave libuv's pool alone between two calls (ns). */
const periodNs = 25e6;

/** Says how long a trivial call waits for libuv's pool. Who holds that pool, nothing tells. */
export class LibuvCanary {
  readonly #call: TrivialCall;
  readonly #now: () => number;
  readonly #limitNs: number;
  #calledNs: number | null = null;
  #doneNs = 0;
  #waitNs = 0;
  #fired = false;

  constructor(call: TrivialCall, now: () => number, limitNs: number) {
    this.#call = call;
    this.#now = now;
    this.#limitNs = limitNs;
  }

  /** How long the latest call waited, so far where it goes on (ns); null before the first. */
  waitNs(nowNs: number): number | null {
    if (this.#calledNs !== null) return Math.max(this.#waitNs, nowNs - this.#calledNs);
    return this.#doneNs === 0 ? null : this.#waitNs;
  }

  /** Calls when it is time, and tells when a call waits too long or has done so. */
  at(nowNs: number): { kind: "began" | "over"; incident: Incident }[] {
    if (this.#calledNs === null) {
      const events = this.#fired
        ? [
            {
              kind: "over" as const,
              incident: incident(this.#doneNs - this.#waitNs, this.#doneNs, this.#waitNs),
            },
          ]
        : [];
      this.#fired = false;
      if (nowNs - this.#doneNs >= periodNs) this.#start();
      return events;
    }
    const waitNs = nowNs - this.#calledNs;
    if (this.#fired || waitNs < this.#limitNs) return [];
    this.#fired = true;
    return [{ kind: "began", incident: incident(this.#calledNs, null, waitNs) }];
  }

  /** Ends what goes on, at the end of everything. */
  finish(nowNs: number): { kind: "over"; incident: Incident }[] {
    const calledNs = this.#calledNs;
    if (!this.#fired || calledNs === null) return [];
    this.#fired = false;
    return [{ kind: "over", incident: incident(calledNs, nowNs, nowNs - calledNs) }];
  }

  #start(): void {
    const calledNs = this.#now();
    this.#calledNs = calledNs;
    this.#call(() => {
      this.#doneNs = this.#now();
      this.#waitNs = this.#doneNs - calledNs;
      this.#calledNs = null;
    });
  }
}

function incident(beganNs: number, endedNs: number | null, waitNs: number): Incident {
  return {
    kind: "libuv",
    pool: "libuv",
    workers: Number(process.env["UV_THREADPOOL_SIZE"] ?? 4),
    beganNs,
    endedNs,
    toldNs: 0,
    starvedNs: waitNs,
    culprits: [],
    victims: [{ task: "trivial call", count: 1, waitedNs: waitNs, longestWaitNs: waitNs }],
    notAttributable: 1,
    behindMainThread: 0,
    threads: null,
    stack: null,
    noStack: null,
  };
}
