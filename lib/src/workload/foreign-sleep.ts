import { loadLibc } from "./libc.ts";

/** C's `usleep`, called through FFI: it holds whichever thread makes the call, and JavaScript cannot interrupt it. */
export interface ForeignSleep {
  /** Holds the calling thread for `ms` milliseconds. */
  (ms: number): void;
  /** Holds a thread of libuv's pool instead; resolves when the call has returned. */
  async(ms: number): Promise<void>;
}

/**
 * Finds the foreign sleep of this platform.
 *
 * @throws {NotTestableError} where there is none.
 * @see https://koffi.dev/functions#asynchronous-calls
 */
export async function loadForeignSleep(): Promise<ForeignSleep> {
  const usleep = (await loadLibc()).func("int usleep(uint32_t microseconds)");
  const sleep = (ms: number): void => {
    usleep(Math.round(ms * 1000));
  };
  return Object.assign(sleep, {
    async: (ms: number) =>
      new Promise<void>((resolve, reject) => {
        usleep.async(Math.round(ms * 1000), (error: unknown) => {
          if (error) reject(error);
          else resolve();
        });
      }),
  });
}
