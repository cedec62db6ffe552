import type { PgBoss } from "pg-boss";
import type { Job } from "../../harness/job.ts";
import { UsageError } from "../../measure/study-error.ts";
import type { Database } from "./connection.ts";

/** What lies in a host's queue: one planned run of one campaign. */
export interface QueuedRun {
  readonly plan: string;
  readonly job: Job;
}

/** A run that this process has taken from its queue. Its id and its attempt fence what is said of it. */
export interface FetchedRun {
  readonly id: string;
  /** Attempts of this run before this one. */
  readonly retryCount: number;
  readonly data: QueuedRun;
}

/** Seconds in which someone must say that a run is still under way. */
export const defaultLeaseSeconds = 120;

/** Names the queue of a host: a run never moves to a host it was not planned for. */
export function queueOf(label: string): string {
  return `host-${label}`;
}

/** Opens the queues as the one who plans, makes them where there are none, and looks after runs whose worker fell silent. */
export async function openQueues(database: Database, supervise: boolean): Promise<PgBoss> {
  return start({ db: database, supervise, migrate: true, createSchema: true, ...(supervise && supervision) });
}

/** Seconds between looks for runs whose lease has ended. */
const supervision = { superviseIntervalSeconds: 10, monitorIntervalSeconds: 10 } as const;

/** Opens the queues as a host, which may neither make nor mend them. */
export async function openOwnQueue(database: Database): Promise<PgBoss> {
  return start({ db: database, supervise: false, migrate: false });
}

async function start(options: {
  db: Database;
  supervise: boolean;
  migrate: boolean;
  createSchema?: boolean;
}): Promise<PgBoss> {
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss({
    ...options,
    schedule: false,
    registerInstance: false,
    // Options of queues never change; looking again would only be work beside a measurement.
    queueCacheIntervalSeconds: 86_400,
  });
  boss.on("error", () => {});
  await boss.start().catch((cause: unknown) => {
    if (cause instanceof Error && /not installed|requires migrations/.test(cause.message)) {
      throw new UsageError(
        `database holds no fleet of this version: ${cause.message}; run \`fleet serve\` of the same version on it`,
        { cause },
      );
    }
    throw cause;
  });
  return boss;
}

/** Makes the queue of a host, in a table of its own, which its role alone may fetch from. */
export async function makeQueue(
  boss: PgBoss,
  database: Database,
  label: string,
  role: string,
): Promise<void> {
  const queue = queueOf(label);
  await boss.createQueue(queue, { partition: true, ...kept });
  await database.query(`GRANT SELECT, UPDATE ON pgboss."${await tableOf(boss, label)}" TO "${role}"`);
}

/** Names the table that holds the queue of a host. */
export async function tableOf(boss: PgBoss, label: string): Promise<string> {
  const found = await boss.getQueue(queueOf(label));
  if (found) return found.table;
  throw new UsageError(`queue is missing: ${queueOf(label)}; enrol the host with \`fleet enrol ${label}\``);
}

/** Jobs wait and stay for years: a host may be away for long, and what was done is never forgotten. */
const kept = {
  retentionSeconds: 10 * 365 * 86_400,
  deleteAfterSeconds: 0,
  retryLimit: 1000,
  retryDelay: 0,
} as const;

/** Tells how many jobs a command of pg-boss concerned; its types keep that to themselves. */
export function affectedBy(response: object): number {
  if ("affected" in response && typeof response.affected === "number") return response.affected;
  throw new TypeError("pg-boss must say how many jobs it changed; this version of it does not");
}
