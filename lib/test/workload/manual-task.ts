import type { PollRequest, Task } from "../../src/workload/task.ts";

/** A task on a clock and a worker that the test moves by hand: a poll runs when the test says so. */
export class ManualTask implements Task {
  tag = 0;
  drained = false;
  readonly last = { dueNs: 0, enqueuedNs: 0, startedNs: 0, endedNs: 0, worker: 0 };
  readonly rows: number[][] = [];
  readonly now: () => number;
  readonly #polls: (() => void)[] = [];

  constructor(now: () => number = () => 0) {
    this.now = now;
  }

  /** Polls that wait for a worker. */
  get queued(): number {
    return this.#polls.length;
  }

  /** Runs the oldest poll and lets the program go on until it waits again. */
  async run(): Promise<void> {
    const poll = this.#polls.shift();
    if (poll === undefined) throw new Error("task must wait for a worker; it does not");
    poll();
    await settle();
  }

  poll(_: PollRequest): Promise<void> {
    return new Promise((resolve) => this.#polls.push(resolve));
  }

  sleep(): Promise<void> {
    return this.poll({ work: "nothing", argument: 0, times: 1 });
  }

  sleepUntil(): Promise<void> {
    return this.sleep();
  }

  emit(...row: number[]): void {
    this.rows.push(row);
  }
}

/** Lets every promise that can settle do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
