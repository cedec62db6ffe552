import { nowNs } from "./clock.ts";
import { recordCount, settled, submitted, type TaskMemory, unsettling } from "./task-memory.ts";
import { recordOf, type Ticket, ticketOf } from "./ticket.ts";

/** How many records are looked at for a free one before a task goes unseen. */
const probes = 64;

/** The submitter's side of the shared memory: one thread takes records and tells when their tasks are over. */
export class TaskRecords {
  readonly #memory: TaskMemory;
  #next = 0;
  /** Records in use, so that the watchdog looks at no more than it must; doubled when too few are free. */
  #window = 256;

  constructor(memory: TaskMemory) {
    this.#memory = memory;
  }

  /**
   * Marks a task as submitted now; null when too many are under way to see this one, too.
   *
   * @param willSettle whether `settle` will be called; if not, the task is over when its worker says so.
   */
  submit(pool: number, task: number, willSettle = true): Ticket | null {
    const memory = this.#memory;
    const record = this.#free();
    if (record === null) {
      memory.addUnseen();
      return null;
    }
    memory.setState(record, willSettle ? 0 : unsettling);
    memory.setWho(record, pool, task);
    memory.setThread(record, 0, 0);
    memory.stamp(record, submitted, nowNs());
    if (record >= memory.used) memory.used = record + 1;
    return ticketOf(record, memory.generation(record));
  }

  /** Marks a task as over for its submitter, whether or not a worker ever had it. */
  settle(ticket: Ticket): void {
    const memory = this.#memory;
    const record = recordOf(ticket);
    if (ticketOf(record, memory.generation(record)) === ticket) memory.stamp(record, settled, nowNs());
  }

  #free(): number | null {
    for (let probe = 0; probe < probes; probe++) {
      const record = this.#next;
      this.#next = (record + 1) % this.#window;
      if ((this.#memory.state(record) & submitted) === 0) return record;
    }
    if (this.#window === recordCount) return null;
    const record = this.#window;
    this.#window *= 2;
    this.#next = record + 1;
    return record;
  }
}
