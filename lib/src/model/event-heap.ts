/**
 * The calendar of a simulation: numbers ordered by time, those of one time in the order in which they were pushed.
 *
 * A heap with four children a node, in typed arrays: no object an event, and half the levels of a binary heap.
 *
 *     slot      0 │ 1 2 3 4 │ 5 6 7 8   9 …        children of i: 4i + 1 … 4i + 4, parent: (i − 1) >> 2
 */
export class EventHeap {
  /** Time of the event that was popped last. */
  poppedMs = 0;
  #size = 0;
  #pushed = 0;
  #times: Float64Array;
  #orders: Float64Array;
  #codes: Int32Array;

  /** @param capacity events to hold before the arrays have to grow */
  constructor(capacity: number) {
    const slots = Math.max(16, capacity);
    this.#times = new Float64Array(slots);
    this.#orders = new Float64Array(slots);
    this.#codes = new Int32Array(slots);
  }

  get size(): number {
    return this.#size;
  }

  push(timeMs: number, code: number): void {
    if (this.#size === this.#codes.length) this.#grow();
    const times = this.#times;
    const orders = this.#orders;
    const codes = this.#codes;
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentMs = times[parent] as number;
      // Whatever is here already was pushed earlier, so that equal times stay above.
      if (parentMs <= timeMs) break;
      times[hole] = parentMs;
      orders[hole] = orders[parent] as number;
      codes[hole] = codes[parent] as number;
      hole = parent;
    }
    times[hole] = timeMs;
    orders[hole] = this.#pushed++;
    codes[hole] = code;
  }

  /** Takes the earliest event's code; its time is in `poppedMs`. Throws a RangeError when there is none. */
  pop(): number {
    if (this.#size === 0) throw new RangeError("event heap must not be empty to pop from");
    const code = this.#codes[0] as number;
    this.poppedMs = this.#times[0] as number;
    this.#size--;
    if (this.#size > 0) this.#sink();
    return code;
  }

  /** Moves the last event to the top and down to its place. */
  #sink(): void {
    const times = this.#times;
    const orders = this.#orders;
    const size = this.#size;
    const timeMs = times[size] as number;
    const order = orders[size] as number;
    let hole = 0;
    for (;;) {
      const first = 4 * hole + 1;
      if (first >= size) break;
      const end = Math.min(first + 4, size);
      let least = first;
      let leastMs = times[first] as number;
      for (let child = first + 1; child < end; child++) {
        const childMs = times[child] as number;
        const before =
          childMs < leastMs || (childMs === leastMs && (orders[child] as number) < (orders[least] as number));
        if (before) {
          least = child;
          leastMs = childMs;
        }
      }
      if (leastMs > timeMs || (leastMs === timeMs && (orders[least] as number) > order)) break;
      times[hole] = leastMs;
      orders[hole] = orders[least] as number;
      this.#codes[hole] = this.#codes[least] as number;
      hole = least;
    }
    times[hole] = timeMs;
    orders[hole] = order;
    this.#codes[hole] = this.#codes[size] as number;
  }

  #grow(): void {
    const slots = this.#codes.length * 2;
    const longer = <T extends Float64Array | Int32Array>(into: T, from: T): T => {
      into.set(from);
      return into;
    };
    this.#times = longer(new Float64Array(slots), this.#times);
    this.#orders = longer(new Float64Array(slots), this.#orders);
    this.#codes = longer(new Int32Array(slots), this.#codes);
  }
}
