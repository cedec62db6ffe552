/** What a watched process may set, in code or as `SCHEDULING_SAFETY_WATCH="trace=./trace,holdMs=50"`. */
export interface WatchOptions {
  /** A shorter hold of a worker makes no incident (ms). */
  readonly holdMs?: number;
  /** A shorter wait with every worker held makes no incident (ms). */
  readonly waitMs?: number;
  /** The main thread's loop standing still for less than this makes no incident (ms). */
  readonly mainMs?: number;
  /** A trivial call waiting less than this for libuv's pool makes no incident (ms). */
  readonly libuvMs?: number;
  /** Where lines go: to standard error, nowhere, or to the end of a file. */
  readonly lines?: "stderr" | "off" | (string & {});
  /** Folder for the trace; without one there is none. */
  readonly trace?: string;
  /** Most that a trace takes on disk, with those of ended processes beside it, of which the oldest are removed (MiB). */
  readonly traceMiB?: number;
  /** Port on which the watchdog serves metrics as Prometheus text, on this host only. */
  readonly metricsPort?: number;
  /** Whether to look for the stack of a thread that is held. */
  readonly stacks?: boolean;
  /** Lets a pool work on so many tasks at once at most, as if it had no more workers. */
  readonly workers?: number;
}

export type WatchSettings = Required<Omit<WatchOptions, "trace" | "metricsPort" | "workers">> &
  Pick<WatchOptions, "trace" | "metricsPort" | "workers">;

const defaults: WatchSettings = {
  holdMs: 20,
  waitMs: 10,
  mainMs: 100,
  libuvMs: 100,
  lines: "stderr",
  traceMiB: 64,
  stacks: true,
};

const kinds: Readonly<Record<keyof WatchOptions, "ms" | "text" | "whole" | "switch">> = {
  holdMs: "ms",
  waitMs: "ms",
  mainMs: "ms",
  libuvMs: "ms",
  lines: "text",
  trace: "text",
  traceMiB: "whole",
  metricsPort: "whole",
  stacks: "switch",
  workers: "whole",
};

/**
 * Checks options and fills in the rest.
 *
 * @throws {TypeError} naming an unknown option or one with a wrong value.
 */
export function watchSettings(options: WatchOptions): WatchSettings {
  checkNames(options, Object.keys(kinds));
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined) check(name, kinds[name as keyof WatchOptions], value);
  }
  return { ...defaults, ...options };
}

/**
 * Reads options from the text of an environment variable.
 *
 * @throws {TypeError} naming an unknown option or one with a wrong value.
 */
export function parseOptions(text: string): WatchOptions {
  const pairs = text
    .split(",")
    .filter((pair) => pair.trim() !== "")
    .map((pair): [string, unknown] => {
      const at = pair.indexOf("=");
      const name = (at < 0 ? pair : pair.slice(0, at)).trim();
      const value = at < 0 ? "" : pair.slice(at + 1).trim();
      return [name, parseValue(kinds[name as keyof WatchOptions], value)];
    });
  const options = Object.fromEntries(pairs) as WatchOptions;
  watchSettings(options);
  return options;
}

/** Refuses options that do not exist, naming those that do. */
export function checkNames(options: object, known: readonly string[]): void {
  const foreign = Object.keys(options).find((name) => !known.includes(name));
  if (foreign !== undefined) {
    throw new TypeError(`option is unknown: ${foreign}; there are ${known.join(", ")}`);
  }
}

function parseValue(kind: (typeof kinds)[keyof WatchOptions] | undefined, text: string): unknown {
  if (kind === "ms" || kind === "whole") return text === "" ? Number.NaN : Number(text);
  if (kind === "switch" && (text === "on" || text === "off")) return text === "on";
  return text;
}

function check(name: string, kind: (typeof kinds)[keyof WatchOptions], value: unknown): void {
  const wanted = {
    ms: "a number of milliseconds > 0",
    whole: "a whole number ≥ 1",
    text: "a text",
    switch: "on or off",
  }[kind];
  const fits = {
    ms: typeof value === "number" && value > 0 && Number.isFinite(value),
    whole: typeof value === "number" && Number.isInteger(value) && value >= 1,
    text: typeof value === "string" && value !== "",
    switch: typeof value === "boolean",
  }[kind];
  if (!fits) throw new TypeError(`${name} must be ${wanted}; got ${String(value)}`);
}
