import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../measure/clock.ts";
import type { PollRequest, PollTimes, Task } from "../workload/task.ts";
import { perform, workCode } from "../workload/work.ts";
import type { PollLog } from "./poll-log.ts";

/** What all tasks of one event loop share. */
export interface EventLoop {
  readonly worker: number;
  readonly now: Clock;
  /** Null where polls are neither stamped nor kept. */
  readonly log: PollLog | null;
  readonly events: number[][];
  readonly drained: () => boolean;
}

/** A task that lives on the event loop it runs on: its timer is the loop's, its poll the timer's callback. */
export class EventLoopTask implements Task {
  tag = 0;
  readonly last: PollTimes;
  readonly now: Clock;
  readonly #number: number;
  readonly #loop: EventLoop;

  constructor(number: number, loop: EventLoop) {
    this.#number = number;
    this.#loop = loop;
    this.now = loop.now;
    this.last = { dueNs: 0, enqueuedNs: Number.NaN, startedNs: 0, endedNs: 0, worker: loop.worker };
  }

  get drained(): boolean {
    return this.#loop.drained();
  }

  sleep(ms: number): Promise<void> {
    return this.#wakeAt(this.now() + ms * 1e6, ms);
  }

  sleepUntil(dueMs: number): Promise<void> {
    // Node cuts fractions of a millisecond off, and the wake-up would come before it is due.
    return this.#wakeAt(dueMs * 1e6, Math.max(0, Math.ceil(dueMs - this.now() / 1e6)));
  }

  async poll(request: PollRequest): Promise<void> {
    const code = workCode(request.work);
    const times = request.times === "until-drained" ? Number.POSITIVE_INFINITY : request.times;
    for (let poll = 0; poll === 0 || (poll < times && !this.#loop.drained()); poll++) {
      const dueNs = this.now();
      await nextTurn();
      this.#run(dueNs, code, request.argument);
    }
  }

  emit(...row: number[]): void {
    this.#loop.events.push(row);
  }

  #wakeAt(dueNs: number, delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(() => {
        this.#run(dueNs, workCode("nothing"), 0);
        resolve();
      }, delayMs);
    });
  }

  #run(dueNs: number, code: number, argument: number): void {
    const { log } = this.#loop;
    if (log === null) {
      perform(code, argument);
      return;
    }
    const { last } = this;
    last.dueNs = dueNs;
    last.startedNs = this.now();
    perform(code, argument);
    last.endedNs = this.now();
    log.add(this.#number, this.tag, last);
  }
}
