/** A task that held workers while others waited. */
export interface Culprit {
  readonly task: string;
  /** Its share of the workers' time while all of them were held. */
  readonly share: number;
  /** Workers it held at once, at most. */
  readonly workers: number;
  /** Its longest hold of one worker, so far where it goes on (ns). */
  readonly longestHoldNs: number;
}

/** Tasks of one name that waited while all workers were held. */
export interface Victim {
  readonly task: string;
  readonly count: number;
  /** All their waits together, and the longest one (ns). */
  readonly waitedNs: number;
  readonly longestWaitNs: number;
}

/** What the threads that were held did meanwhile, by the CPU time that the kernel accounts. */
export interface ThreadUse {
  /** Share of the held time in which they computed or were ready to. */
  readonly computing: number;
  /** Share in which they were ready and had no core. */
  readonly withoutCore: number;
}

/** One stretch of time in which all workers of a pool were held and somebody waited too long. */
export interface Incident {
  /** What was starved: a pool of workers, the main thread as a pool of one, or the pool behind Node's own asynchronous calls. */
  readonly kind: "pool" | "main" | "libuv";
  readonly pool: string;
  readonly workers: number;
  /** Begin and end on the process's monotonic clock (ns); null while it lasts. */
  readonly beganNs: number;
  readonly endedNs: number | null;
  /** When this was told on the same clock (ns). */
  readonly toldNs: number;
  /** The part of it in which every worker was held (ns). */
  readonly starvedNs: number;
  /** By share, the largest first. */
  readonly culprits: readonly Culprit[];
  /** By longest wait, the longest first. */
  readonly victims: readonly Victim[];
  /** Share of the victims' waits that neither a saturated pool nor a blocked main thread explains. */
  readonly notAttributable: number;
  /** Share of the victims' waits in which the main thread was blocked and a worker free. */
  readonly behindMainThread: number;
  /** Null where the kernel does not tell. */
  readonly threads: ThreadUse | null;
  /** Innermost frames of a thread that was held; null with the reason why there are none. */
  readonly stack: string | null;
  readonly noStack: string | null;
}
