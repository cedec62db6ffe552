import type { Clock } from "../measure/clock.ts";
import type { PollRequest, PollTimes, Task } from "../workload/task.ts";

/** What stands between a task's program and the workers. */
export interface Dispatcher {
  readonly now: Clock;
  readonly events: number[][];
  readonly drained: () => boolean;
  /** Runs an empty poll on a worker once the time has come; resolves when it has run. */
  wakeAt(task: DispatchedTask, dueNs: number): Promise<void>;
  /** Hands a poll over at once; resolves when it, and with `times` its successors, have run. */
  submit(task: DispatchedTask, request: PollRequest): Promise<void>;
}

/** The poll of a task that wakes, records nothing of its own and sleeps again. */
export const wakeUp: PollRequest = { work: "nothing", argument: 0, times: 1 };

/**
 * A task whose timers and program live with the dispatcher and whose polls run elsewhere.
 *
 *     sleep(ms)     due        enqueued      started   ended
 *        │──────────│─ timer ──│─ run queue ─│─ poll ──│─▶ program goes on
 *                   └──── overhead ──────────┘
 */
export class DispatchedTask implements Task {
  tag = 0;
  readonly last: PollTimes = { dueNs: 0, enqueuedNs: 0, startedNs: 0, endedNs: 0, worker: -1 };
  readonly number: number;
  readonly now: Clock;
  readonly #dispatcher: Dispatcher;

  constructor(number: number, dispatcher: Dispatcher) {
    this.number = number;
    this.now = dispatcher.now;
    this.#dispatcher = dispatcher;
  }

  get drained(): boolean {
    return this.#dispatcher.drained();
  }

  sleep(ms: number): Promise<void> {
    return this.#dispatcher.wakeAt(this, this.now() + ms * 1e6);
  }

  sleepUntil(dueMs: number): Promise<void> {
    return this.#dispatcher.wakeAt(this, dueMs * 1e6);
  }

  poll(request: PollRequest): Promise<void> {
    return this.#dispatcher.submit(this, request);
  }

  emit(...row: number[]): void {
    this.#dispatcher.events.push(row);
  }
}
