import { type BlockingSource, plainCall } from "../blocking-source.ts";

const cell = new Int32Array(new SharedArrayBuffer(4));

/** A thread sleep: what `std::thread::sleep` is elsewhere. */
export const atomicsWait: BlockingSource = {
  name: "atomics-wait",
  family: "sleep",
  expected: "parked",
  meaning: "Atomics.wait of 50 ms",
  prepare: async () => plainCall(() => void Atomics.wait(cell, 0, 0, 50)),
};
