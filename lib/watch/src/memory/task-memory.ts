/**
 * The shared memory into which submitter and workers write their stamps: a header, then records of 64 bytes.
 *
 *     byte   0         8         16       24         32     36          40    44    48      52
 *            submitted │ started │ ended  │ settled  │ state generation pool  task  thread  kernel thread
 *
 * A record belongs to one task from submission until the watchdog has read its end. Whoever writes a stamp sets its bit in
 * `state` afterwards, so a reader that sees the bit sees the stamp.
 */
export const recordCount = 16_384;

const headerBytes = 128;
const recordBytes = 64;

/** Bits of a record's state. */
export const submitted = 1;
export const started = 2;
export const ended = 4;
export const settled = 8;
/** Its submitter will not say when it is over: the worker's stamp is its end. */
export const unsettling = 16;

/** Views of the shared memory, with the places of a record's fields. */
export class TaskMemory {
  readonly buffer: SharedArrayBuffer;
  readonly #times: Float64Array;
  readonly #words: Int32Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(headerBytes + recordCount * recordBytes)) {
    this.buffer = buffer;
    this.#times = new Float64Array(buffer);
    this.#words = new Int32Array(buffer);
  }

  /** Number of records ever used: those from here on are free. */
  get used(): number {
    return Atomics.load(this.#words, 0);
  }
  set used(count: number) {
    Atomics.store(this.#words, 0, count);
  }

  /** Tasks that found no free record and were not seen. */
  get unseen(): number {
    return Atomics.load(this.#words, 1);
  }
  addUnseen(): void {
    Atomics.add(this.#words, 1, 1);
  }

  /** When the submitting thread's event loop last turned (ns); 0 before it did. */
  get beatNs(): number {
    return this.#times[4] as number;
  }
  set beatNs(atNs: number) {
    this.#times[4] = atNs;
  }

  /** The last stretch in which that event loop stood still: between which beats (ns). */
  get block(): { readonly fromNs: number; readonly toNs: number } {
    return { fromNs: this.#times[5] as number, toNs: this.#times[6] as number };
  }
  set block({ fromNs, toNs }: { readonly fromNs: number; readonly toNs: number }) {
    this.#times[5] = fromNs;
    this.#times[6] = toNs;
  }
  get kernelMainThread(): number {
    return Atomics.load(this.#words, 3);
  }
  set kernelMainThread(number: number) {
    Atomics.store(this.#words, 3, number);
  }

  /** Tells that the watchdog has written everything down, at the end of the process. */
  markFlushed(): void {
    Atomics.store(this.#words, 2, 1);
    Atomics.notify(this.#words, 2);
  }

  /** Waits until everything is written down, at most so long (ms). */
  waitFlushed(limitMs: number): void {
    Atomics.wait(this.#words, 2, 0, limitMs);
  }

  state(record: number): number {
    return Atomics.load(this.#words, word(record));
  }
  setState(record: number, bits: number): void {
    Atomics.store(this.#words, word(record), bits);
  }
  addState(record: number, bit: number): void {
    Atomics.or(this.#words, word(record), bit);
  }

  /** Tells apart the tasks that use one record after the other. */
  generation(record: number): number {
    return Atomics.load(this.#words, word(record) + 1);
  }
  /** Frees a record; a worker that stamps late finds another generation and leaves it alone. */
  free(record: number): void {
    Atomics.add(this.#words, word(record) + 1, 1);
    Atomics.store(this.#words, word(record), 0);
  }

  pool(record: number): number {
    return this.#words[word(record) + 2] as number;
  }
  task(record: number): number {
    return this.#words[word(record) + 3] as number;
  }
  setWho(record: number, pool: number, task: number): void {
    this.#words[word(record) + 2] = pool;
    this.#words[word(record) + 3] = task;
  }

  /** The worker's thread id, and the number the kernel knows it by; 0 where that is not known. */
  thread(record: number): number {
    return this.#words[word(record) + 4] as number;
  }
  kernelThread(record: number): number {
    return this.#words[word(record) + 5] as number;
  }
  setThread(record: number, thread: number, kernelThread: number): void {
    this.#words[word(record) + 4] = thread;
    this.#words[word(record) + 5] = kernelThread;
  }

  submittedNs(record: number): number {
    return this.#times[time(record)] as number;
  }
  startedNs(record: number): number {
    return this.#times[time(record) + 1] as number;
  }
  endedNs(record: number): number {
    return this.#times[time(record) + 2] as number;
  }
  settledNs(record: number): number {
    return this.#times[time(record) + 3] as number;
  }

  /** Writes one stamp and then its bit. */
  stamp(record: number, bit: number, atNs: number): void {
    this.#times[time(record) + 31 - Math.clz32(bit)] = atNs;
    this.addState(record, bit);
  }
}

function word(record: number): number {
  return (headerBytes + record * recordBytes + 32) >> 2;
}

function time(record: number): number {
  return (headerBytes + record * recordBytes) >> 3;
}
