import type { WatchedRow } from "../../../src/studies/introspection/analysis/watched-runs.ts";
import { response } from "../../../src/studies/introspection/response.ts";
import type { IntrospectionScenario } from "../../../src/studies/introspection/run.ts";

export interface WatchedOptions {
  readonly run: number;
  readonly executor?: IntrospectionScenario["executor"];
  readonly blockers: number;
  readonly hold?: IntrospectionScenario["hold"];
  readonly workers?: number;
  /** Readings of each worker, in ms and shares. */
  readonly threads: readonly {
    busy: number;
    blocked: number;
    cpu: number;
    loop: number;
    delay: number | null;
  }[];
  readonly schedMs: number;
  readonly busyMs: number;
  readonly waitP99Ms: number;
  readonly mainDelayMs: number;
}

/** Rows of one run of 1 s with two probes of ten polls each, as the experiment stores them. */
export function watchedRows(options: WatchedOptions): Partial<WatchedRow>[] {
  const { run, executor = "run-queue", blockers, hold = "parked", workers = 2, threads } = options;
  const levels = { part: "base", executor, workers, blockers, hold, atomics: "sync", run } as const;
  const ns = (ms: number) => ms * 1e6;
  const task = { ...levels, kind: "probe", polls: 10, lateNs: 0, idleNs: ns(100) };
  const thread = { ...levels, wallNs: ns(1000) };
  const rows: Partial<WatchedRow>[] = [
    { ...task, number: 0, busyNs: ns(options.busyMs), schedNs: ns(options.schedMs) },
    { ...task, number: 1, busyNs: ns(options.busyMs), schedNs: ns(options.schedMs) },
    ...threads.map(({ busy, blocked, cpu, loop, delay }, number) => ({
      ...thread,
      kind: "worker",
      number,
      polls: 10,
      busyNs: ns(busy),
      blockedNs: ns(blocked),
      longestHoldNs: ns(Math.min(busy, 50)),
      cpuNs: ns(cpu),
      utilization: loop,
      loopDelayP99Ns: delay === null ? null : ns(10 + delay),
    })),
    {
      ...thread,
      kind: "main",
      number: 0,
      cpuNs: ns(50),
      utilization: 0.1,
      loopDelayP99Ns: ns(10 + options.mainDelayMs),
    },
    {
      ...thread,
      kind: "pool",
      number: 0,
      utilization: 0.1,
      waitP99Ns: ns(options.waitP99Ms),
      runP99Ns: ns(50),
    },
  ];
  return rows.map((row) => ({ ...absent, ...row }));
}

const absent = Object.fromEntries(Object.keys(response).map((name) => [name, null]));
