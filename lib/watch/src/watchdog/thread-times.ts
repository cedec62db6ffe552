import { readFileSync } from "node:fs";
import type { ThreadUse } from "../incident/incident.ts";

/** What the kernel accounts for a thread so far (ns). */
export interface ThreadTime {
  readonly cpuNs: number;
  readonly withoutCoreNs: number;
}

/**
 * Reads the CPU time of a thread of this process by the number the kernel knows it by; null where the kernel does not tell.
 * @see https://docs.kernel.org/scheduler/sched-stats.html /proc/<pid>/schedstat
 */
export function readThreadTime(kernelThread: number): ThreadTime | null {
  if (kernelThread === 0) return null;
  try {
    const [cpu, waited] = readFileSync(`/proc/self/task/${kernelThread}/schedstat`, "utf8").split(" ");
    const time = { cpuNs: Number(cpu), withoutCoreNs: Number(waited) };
    return Number.isFinite(time.cpuNs) && Number.isFinite(time.withoutCoreNs) ? time : null;
  } catch {
    return null;
  }
}

/** A hold that goes on, and the kernel's number of the thread it goes on in. */
export interface HeldThread {
  readonly record: number;
  readonly kernelThread: number;
}

/** Adds up, look by look, what held threads did. */
export class ThreadTimes {
  readonly #read: (kernelThread: number) => ThreadTime | null;
  readonly #last = new Map<number, ThreadTime & { readonly atNs: number }>();
  #heldNs = 0;
  #cpuNs = 0;
  #withoutCoreNs = 0;

  constructor(read: (kernelThread: number) => ThreadTime | null = readThreadTime) {
    this.#read = read;
  }

  /** Looks at the threads that are held now; a hold counts from the first look at it. */
  look(nowNs: number, held: readonly HeldThread[]): void {
    const goesOn = new Set(held.map(({ record }) => record));
    for (const record of this.#last.keys()) if (!goesOn.has(record)) this.#last.delete(record);
    for (const { record, kernelThread } of held) {
      const time = this.#read(kernelThread);
      if (time === null) continue;
      const last = this.#last.get(record);
      if (last !== undefined) {
        this.#heldNs += nowNs - last.atNs;
        this.#cpuNs += time.cpuNs - last.cpuNs;
        this.#withoutCoreNs += time.withoutCoreNs - last.withoutCoreNs;
      }
      this.#last.set(record, { ...time, atNs: nowNs });
    }
  }

  /** Gives the shares so far; null where the kernel told nothing. */
  use(): ThreadUse | null {
    if (this.#heldNs === 0) return null;
    const share = (ns: number) => Math.min(1, Math.max(0, ns / this.#heldNs));
    return { computing: share(this.#cpuNs + this.#withoutCoreNs), withoutCore: share(this.#withoutCoreNs) };
  }
}
