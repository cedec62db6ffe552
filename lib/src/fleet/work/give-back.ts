import type { PgBoss } from "pg-boss";
import type { Database } from "../database/connection.ts";
import { affectedBy, type FetchedRun, queueOf } from "../database/queue.ts";

type Attempt = Pick<FetchedRun, "id" | "retryCount">;

/** Gives runs back to a host's queue, in their places; the next attempt of each gets a number of its own. */
export async function giveBack(
  database: Database,
  boss: PgBoss,
  host: string,
  runs: readonly Attempt[],
): Promise<void> {
  const queue = queueOf(host);
  await database.transaction(async (within) => {
    for (const { id, retryCount } of runs) {
      const cancelled = await boss.cancel(queue, { id, retryCount }, { db: within });
      // What the planner has given up meanwhile stays given up.
      if (affectedBy(cancelled) === 1) await boss.resume(queue, id, { db: within });
    }
  });
}

/**
 * Takes back what an earlier worker of this host had under way when it ended without a word: whoever has the session knows
 * that nobody else is at work.
 *
 * @param table of the host's queue
 * @param inHand runs that this worker has under way itself
 */
export async function takeBack(
  database: Database,
  boss: PgBoss,
  host: string,
  table: string,
  inHand: readonly Attempt[],
): Promise<number> {
  const active = await database.query<Attempt>(
    `SELECT id, retry_count AS "retryCount" FROM pgboss."${table}" WHERE state = 'active'`,
  );
  const left = active.filter(
    ({ id, retryCount }) => !inHand.some((run) => run.id === id && run.retryCount === retryCount),
  );
  await giveBack(database, boss, host, left);
  return left.length;
}
