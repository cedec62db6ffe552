import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../../measure/clock.ts";
import type { ErrorReport } from "../../measure/error-report.ts";
import type { PollTimes } from "../../workload/task.ts";
import type { DesignedErrors } from "./error-design.ts";
import type { StepPool } from "./step-pool.ts";

/** The name of the victims' steps in the pool's records. */
export const victimTask = "operation";

/** One operation of a service, from its intended start to its end; times in ns since the origin. */
export interface Operation {
  readonly intendedNs: number;
  readonly beganNs: number;
  /** Wait for the connection, the lock or room in the channel; null where nothing of the kind is needed. */
  readonly waitNs: number | null;
  /** How long it held what it had waited for; null if it never got it. */
  readonly heldNs: number | null;
  /** When it completed, or when its error surfaced. */
  readonly endedNs: number;
  readonly outcome: "completed" | "timed-out" | "rejected" | "failed";
  /** Whether its work had been done in time although the timer won; null where no timer watches over the work. */
  readonly falseTimeout: boolean | null;
  /** Events in the channel when this one was sent or given up; null without a channel. */
  readonly depth: number | null;
  readonly error: ErrorReport | null;
  /** Its steps on the pool, those after its end included. */
  readonly steps: readonly PollTimes[];
}

/** What a mechanism runs on. */
export interface Bench {
  /** The pool that the operations hand their steps to. */
  readonly pool: StepPool;
  readonly originNs: bigint;
  readonly now: Clock;
  /** A slow service that every operation also waits for, without holding a worker (ms); 0 for none. */
  readonly dependencyMs: number;
  readonly errors: DesignedErrors;
}

/** State of the database while the operations run. */
export interface HealthCheck {
  readonly atNs: number;
  /** How long `SELECT 1` took on a connection of its own. */
  readonly queryNs: number;
  /** Connections of the service's pool that run a query, by `pg_stat_activity`. */
  readonly active: number;
  /** Connections of the service's pool that hold a transaction open and run nothing. */
  readonly idleInTransaction: number;
  /** Operations that wait for a connection. */
  readonly waiting: number;
}

export interface Observed {
  readonly operations: readonly Operation[];
  readonly health: readonly HealthCheck[];
}

/** A mechanism that is ready to serve operations. */
export interface Mechanism {
  /** Serves one operation per arrival (ns since the origin); resolves when all have ended. */
  serve(arrivalsNs: readonly number[]): Promise<Observed>;
  close(): Promise<void>;
}

export type PrepareMechanism = (bench: Bench) => Promise<Mechanism>;

/** Starts each operation at its time, whether or not those before it have ended. */
export function atArrivals(
  { now, errors }: Bench,
  arrivalsNs: readonly number[],
  operate: (intendedNs: number, number: number) => Promise<Operation>,
): Promise<Operation[]> {
  return Promise.all(
    arrivalsNs.map(async (intendedNs, number) => {
      await delay(Math.max(0, Math.ceil((intendedNs - now()) / 1e6)));
      return errors.run(victimTask, () => operate(intendedNs, number));
    }),
  );
}

/** Runs steps on the pool, one after the other. */
export async function runSteps({ pool }: Bench, count: number): Promise<PollTimes[]> {
  const steps: PollTimes[] = [];
  while (steps.length < count) steps.push(await pool.run(victimTask, "nothing"));
  return steps;
}
