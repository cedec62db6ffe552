import { cell, type RunQueueMemory } from "./run-queue-memory.ts";

/**
 * Bounded first-in-first-out queue of task numbers for many producers and many consumers, after
 * https://www.1024cores.net/home/lock-free-algorithms/queues/bounded-mpmc-queue.
 *
 *     position   8    9   10   11   12        capacity 4, slot = position mod 4
 *     slot       0    1    2    3    0
 *     sequence   9   10   10   11             seq = pos      free: the producer that owns pos may write
 *               full full free free           seq = pos + 1  full: the consumer that owns pos may read
 *                ▲         ▲                  seq = pos + capacity after reading: free for the next lap
 *               head      tail
 *
 * Ordering: a producer owns a position by the compare-exchange on `tail`, writes the slot and then stores
 * the sequence number. All Atomics are sequentially consistent, so a consumer that loads this sequence
 * number also sees the slot and everything the producer wrote before (the task's work and stamps). The same
 * holds in the other direction for the next lap. Consumers take positions in order, which makes the queue
 * FIFO by the order of the compare-exchanges on `tail`.
 *
 * Wrap-around: positions are 32-bit and compared by their wrapped difference, which is right as long as the
 * queue holds fewer than 2³¹ entries; slots stay aligned because the capacity divides 2³².
 */
export class RunQueue {
  readonly #cells: Int32Array;
  readonly #slots: Int32Array;
  readonly #sequence: Int32Array;
  readonly #mask: number;

  constructor(memory: RunQueueMemory) {
    this.#cells = memory.cells;
    this.#slots = memory.slots;
    this.#sequence = memory.sequence;
    this.#mask = memory.slots.length - 1;
  }

  /** Appends the task and wakes one parked worker. Throws a RangeError when the queue is full. */
  push(task: number): void {
    let position = Atomics.load(this.#cells, cell.tail);
    for (;;) {
      const slot = position & this.#mask;
      const lead = (Atomics.load(this.#sequence, slot) - position) | 0;
      if (lead === 0) {
        const seen = Atomics.compareExchange(this.#cells, cell.tail, position, (position + 1) | 0);
        if (seen === position) break;
        position = seen;
      } else {
        if (lead < 0) this.#refuseWhenFull(position);
        position = Atomics.load(this.#cells, cell.tail);
      }
    }
    const slot = position & this.#mask;
    this.#slots[slot] = task;
    Atomics.store(this.#sequence, slot, (position + 1) | 0);
    this.#wakeOne();
  }

  /** Takes the oldest task; −1 when there is none. */
  pop(): number {
    let position = Atomics.load(this.#cells, cell.head);
    for (;;) {
      const slot = position & this.#mask;
      const lead = (Atomics.load(this.#sequence, slot) - ((position + 1) | 0)) | 0;
      if (lead < 0) return -1;
      if (lead === 0) {
        const seen = Atomics.compareExchange(this.#cells, cell.head, position, (position + 1) | 0);
        if (seen === position) {
          const task = this.#slots[slot] as number;
          Atomics.store(this.#sequence, slot, (position + this.#mask + 1) | 0);
          return task;
        }
        position = seen;
      } else {
        position = Atomics.load(this.#cells, cell.head);
      }
    }
  }

  /**
   * Takes the oldest task, parking the thread while there is none; −1 once the queue is stopped and empty.
   *
   * No wake-up is lost: the worker reads the epoch, then looks at the queue, then waits for the epoch to
   * change. A push publishes its slot first and raises the epoch afterwards. If the look missed the task,
   * the raise comes after the read of the epoch, and the wait returns at once.
   */
  take(): number {
    for (;;) {
      const ready = this.pop();
      if (ready >= 0) return this.#passOn(ready);
      Atomics.add(this.#cells, cell.parked, 1);
      const epoch = Atomics.load(this.#cells, cell.epoch);
      const late = this.pop();
      const stopped = Atomics.load(this.#cells, cell.stop) === 1;
      if (late < 0 && !stopped) Atomics.wait(this.#cells, cell.epoch, epoch);
      Atomics.sub(this.#cells, cell.parked, 1);
      if (late >= 0) return this.#passOn(late);
      if (stopped) return -1;
    }
  }

  /** Lets workers leave as soon as the queue is empty. */
  stop(): void {
    Atomics.store(this.#cells, cell.stop, 1);
    Atomics.add(this.#cells, cell.epoch, 1);
    Atomics.notify(this.#cells, cell.epoch);
  }

  /**
   * The slot of the next lap may be closed although the queue has room: its last reader has moved `head` but
   * not yet freed the slot. Then the push tries again; only a distance of a whole lap means full.
   */
  #refuseWhenFull(position: number): void {
    const held = (position - Atomics.load(this.#cells, cell.head)) | 0;
    if (held > this.#mask) throw new RangeError(`run queue must have a free slot; all ${held} are taken`);
  }

  /**
   * Wakes another worker if there is more to take. A worker woken for a task may find the slot before it
   * still unpublished, and park; whoever takes that slot then passes the wake-up on, or the later task would
   * wait behind a long poll beside an idle worker.
   */
  #passOn(task: number): number {
    const more = Atomics.load(this.#cells, cell.head) !== Atomics.load(this.#cells, cell.tail);
    if (more) this.#wakeOne();
    return task;
  }

  #wakeOne(): void {
    Atomics.add(this.#cells, cell.epoch, 1);
    if (Atomics.load(this.#cells, cell.parked) > 0) Atomics.notify(this.#cells, cell.epoch, 1);
  }
}
