import { closeSync, read, readSync } from "node:fs";
import { promisify } from "node:util";
import { NotTestableError } from "../../measure/study-error.ts";
import { loadLibc } from "../../workload/libc.ts";

/** A read whose data come late, as from a slow device or a silent peer. */
export interface LateRead {
  /** Reads what arrives `ms` milliseconds from now; `readSync` holds the calling thread until then. */
  (ms: number): void;
  /** The same read through `fs.read`: it holds a thread of libuv's pool instead. */
  async(ms: number): Promise<void>;
}

/**
 * Makes late reads from Linux timers that are file descriptors: eight bytes arrive when the time has come, and nothing
 * can be read before.
 *
 * @throws {NotTestableError} where there are none.
 * @see https://man7.org/linux/man-pages/man2/timerfd_create.2.html
 */
export async function loadLateRead(platform: string = process.platform): Promise<LateRead> {
  if (platform !== "linux")
    throw new NotTestableError(`timers that can be read as files are missing on ${platform}`);
  const libc = await loadLibc(platform);
  const create = libc.func("int timerfd_create(int clock, int flags)");
  const arm = libc.func("int timerfd_settime(int handle, int flags, void *value, void *old)");
  const monotonic = 1;

  const open = (ms: number): number => {
    const handle: number = create(monotonic, 0);
    const inNs = BigInt(Math.max(1, Math.round(ms * 1e6)));
    const once = [0n, 0n, inNs / 1_000_000_000n, inNs % 1_000_000_000n];
    if (handle < 0 || arm(handle, 0, new BigInt64Array(once), null) !== 0) {
      throw new Error("timer for a late read could not be set");
    }
    return handle;
  };
  const lateRead = (ms: number): void => {
    const handle = open(ms);
    readSync(handle, Buffer.alloc(8));
    closeSync(handle);
  };
  const readLater = promisify(read);
  return Object.assign(lateRead, {
    async: async (ms: number) => {
      const handle = open(ms);
      await readLater(handle, Buffer.alloc(8), 0, 8, null);
      closeSync(handle);
    },
  });
}
