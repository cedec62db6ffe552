/** What Piscina's and Tinypool's pools have in common, as far as the watch needs it. */
export interface Pool {
  run(task: unknown, options?: RunOptions): Promise<unknown>;
  destroy(): Promise<void>;
  /** Tinypool has none. */
  close?(options?: { readonly force?: boolean }): Promise<void>;
  /** Piscina has none. */
  cancelPendingTasks?(): void;
  readonly options: PoolOptions;
  readonly threads: readonly unknown[];
  /** Piscina's `close()` says so when it is done; neither's `destroy()` does. */
  on(event: "close", listener: () => void): unknown;
  off(event: "close", listener: () => void): unknown;
}

export interface RunOptions {
  readonly filename?: string | null;
  readonly name?: string | null;
  readonly transferList?: readonly unknown[];
  readonly signal?: unknown;
  readonly runtime?: string;
}

export interface PoolOptions {
  readonly filename?: string | null;
  readonly name?: string | null;
  readonly maxThreads: number;
  readonly concurrentTasksPerWorker: number;
  /** How long Piscina's `close()` waits for tasks (ms). */
  readonly closeTimeout?: number;
  readonly runtime?: string;
}

type Library = "Piscina" | "Tinypool";

interface Range {
  /** Lowest version that is watched, and the lowest above it that is not. */
  readonly from: readonly [number, number];
  readonly before: readonly [number, number];
}

/** Which versions are watched; each end was tried. */
export const supported: Readonly<Record<Library, Range>> = {
  Piscina: { from: [4, 9], before: [6, 0] },
  Tinypool: { from: [1, 0], before: [3, 0] },
};

/** Names the library of a pool's class by what its constructor hands to Node.js; null for any other emitter. */
export function libraryNamed(name: unknown): Library | null {
  return name === "Piscina" || name === "Tinypool" ? name : null;
}

/** Names the library of a pool by its shape; null for what is no pool. */
export function libraryOf(pool: unknown): Library | null {
  if (typeof pool !== "object" || pool === null || !("run" in pool) || !("threads" in pool)) return null;
  return "recycleWorkers" in pool ? "Tinypool" : "Piscina";
}

/** Says why pools of this class are not watched; null where they are. */
export function unsupported(library: Library, poolClass: unknown): string | null {
  const { from, before } = supported[library];
  const range = `≥ ${from.join(".")} and < ${before.join(".")}`;
  const version = versionOf(library, poolClass);
  if (version === null) return `${library} does not tell its version; watched are ${range}`;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const fits = !isBelow([major, minor], from) && isBelow([major, minor], before);
  return fits ? null : `${library} ${version} is not watched, only ${range}`;
}

function versionOf(library: Library, poolClass: unknown): string | null {
  try {
    const { version } = poolClass as { version?: unknown };
    return typeof version === "string" ? version : null;
  } catch {
    // Asked for its version, Tinypool 1 throws: it looks for a folder that modules do not have.
    return library === "Tinypool" ? "1.0" : null;
  }
}

function isBelow(
  [major, minor]: readonly [number, number],
  [toMajor, toMinor]: readonly [number, number],
): boolean {
  return major < toMajor || (major === toMajor && minor < toMinor);
}
