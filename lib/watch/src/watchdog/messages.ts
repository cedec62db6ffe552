import type { Incident } from "../incident/incident.ts";
import type { PoolMetrics } from "../metrics/pool-metrics.ts";
import type { WatchSettings } from "../options.ts";

/** What the watchdog's thread is started with. */
export interface WatchdogData {
  readonly memory: SharedArrayBuffer;
  readonly settings: WatchSettings;
  /** Whether the watched thread is the process's main thread. */
  readonly isMainThread: boolean;
  /** What was started, and when the watch began (ns). */
  readonly command: string;
  readonly originNs: number;
}

/** What the watched thread tells the watchdog. */
export type ToWatchdog =
  | {
      readonly kind: "pool";
      readonly pool: number;
      readonly name: string;
      readonly workers: number;
      readonly holdMs: number;
      readonly waitMs: number;
    }
  | { readonly kind: "task"; readonly task: number; readonly name: string }
  | { readonly kind: "forget-pool"; readonly pool: number }
  | {
      readonly kind: "stack";
      readonly pool: number;
      /** Which question it answers. */
      readonly ask: number;
      readonly stack: string | null;
      readonly noStack: string | null;
    }
  | { readonly kind: "say"; readonly line: string }
  | { readonly kind: "echo"; readonly number: number }
  | { readonly kind: "finish" };

/** What the watchdog tells the watched thread. */
export type FromWatchdog =
  | { readonly kind: "began" | "over"; readonly incident: Incident }
  | { readonly kind: "echo"; readonly number: number }
  | { readonly kind: "metrics"; readonly metrics: readonly PoolMetrics[] }
  | {
      readonly kind: "find-stack";
      readonly pool: number;
      readonly ask: number;
      readonly thread: number;
    };
