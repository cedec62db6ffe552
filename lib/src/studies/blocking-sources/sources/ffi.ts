import { loadLibc } from "../../../workload/libc.ts";
import { type BlockingSource, plainCall } from "../blocking-source.ts";

/** Sleeps in C: nothing of it is visible to JavaScript. */
export const foreignSleep = {
  name: "ffi-usleep",
  family: "ffi",
  expected: "parked",
  meaning: "usleep of 50 ms in the C library",
  prepare: async () => {
    const usleep = (await loadLibc()).func("int usleep(uint32_t microseconds)");
    return plainCall(() => void usleep(50_000));
  },
} as const satisfies BlockingSource;

const elements = 250_000;
const bytes = 16;

/** Sorts in C with C's own comparison, so that no call comes back into JavaScript. */
export const foreignSort = {
  name: "ffi-qsort",
  family: "ffi",
  expected: "computing",
  meaning: "qsort of 250 000 strings in the C library",
  prepare: async () => {
    const libc = await loadLibc();
    const qsort = libc.func("void qsort(void *base, size_t count, size_t size, void *compare)");
    const compare: unknown = libc.symbol("strcmp");
    const unsorted = Buffer.alloc(elements * bytes);
    for (let i = 0; i < elements; i++) unsorted.write(String((i * 611_953) % elements), i * bytes, "latin1");
    const buffer = Buffer.alloc(unsorted.length);
    return plainCall(() => {
      unsorted.copy(buffer);
      qsort(buffer, elements, bytes, compare);
    });
  },
} as const satisfies BlockingSource;
