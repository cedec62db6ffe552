/** What a watched process may set, in code or as `SCHEDULING_SAFETY_WATCH="trace=./trace,holdMs=50"`. */
export interface WatchOptions {
  /** A shorter hold of a worker makes no incident (ms). */
  readonly holdMs?: number;
  /** A shorter wait with every worker held makes no incident (ms). */
  readonly waitMs?: number;
  /** The main thread's loop standing still for less than this makes no incident (ms); it is known to its beat of 10. */
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

type Kind = "ms" | "standstill" | "text" | "whole" | "port" | "switch";

const kinds: Readonly<Record<keyof WatchOptions, Kind>> = {
  holdMs: "ms",
  waitMs: "ms",
  mainMs: "standstill",
  libuvMs: "ms",
  lines: "text",
  trace: "text",
  traceMiB: "whole",
  metricsPort: "port",
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
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) check(name, kinds[name as keyof WatchOptions], value);
  return { ...defaults, ...Object.fromEntries(given) };
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

/** Refuses what cannot be the name of a pool. */
export function checkName(name: unknown): void {
  if (typeof name !== "string" || name === "")
    throw new TypeError(`name must be a text; got ${String(name)}`);
}

/** Refuses what cannot be the limits of one pool, which may be none at all. */
export function checkLimits({
  holdMs,
  waitMs,
}: {
  readonly holdMs?: unknown;
  readonly waitMs?: unknown;
}): void {
  for (const [name, value] of Object.entries({ holdMs, waitMs })) {
    if (value === undefined || (typeof value === "number" && value >= 0)) continue;
    throw new TypeError(`${name} must be a number of milliseconds ≥ 0; got ${String(value)}`);
  }
}

function parseValue(kind: Kind | undefined, text: string): unknown {
  if (kind === "switch" && (text === "on" || text === "off")) return text === "on";
  if (kind === undefined || kind === "text" || kind === "switch") return text;
  return text === "" ? Number.NaN : Number(text);
}

function check(name: string, kind: Kind, value: unknown): void {
  const wanted = {
    ms: "a number of milliseconds > 0",
    standstill: "a number of milliseconds ≥ 20, two beats of the main thread",
    whole: "a whole number ≥ 1",
    port: "a whole number from 1 to 65535",
    text: "a text",
    switch: "on or off",
  }[kind];
  const fits = {
    ms: typeof value === "number" && value > 0 && Number.isFinite(value),
    standstill: typeof value === "number" && value >= 20 && Number.isFinite(value),
    whole: typeof value === "number" && Number.isInteger(value) && value >= 1,
    port: typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65_535,
    text: typeof value === "string" && value !== "",
    switch: typeof value === "boolean",
  }[kind];
  if (!fits) throw new TypeError(`${name} must be ${wanted}; got ${String(value)}`);
}
