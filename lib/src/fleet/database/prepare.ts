import type { PgBoss } from "pg-boss";
import { requirePackages } from "../../measure/require-packages.ts";
import { UsageError } from "../../measure/study-error.ts";
import { type Database, openDatabase } from "./connection.ts";
import { makeFleetTables } from "./fleet-tables.ts";
import { openQueues } from "./queue.ts";
import { explainRefusal } from "./refusal.ts";

/** A fleet's database as its planner sees it. */
export interface Planner {
  readonly database: Database;
  readonly boss: PgBoss;
  close(): Promise<void>;
}

const oldestServer = 13;

/**
 * Opens a fleet's database as the planner, and makes queues and tables where there are none.
 *
 * @param supervise keep looking for runs whose worker fell silent
 * @throws {DataError} when no server answers.
 * @throws {UsageError} when the server is too old, or does not let this role in.
 */
export async function openPlanner(url: string, supervise = false): Promise<Planner> {
  requirePackages("a fleet", ["pg", "pg-boss"]);
  const database = await openDatabase(url, 4);
  try {
    const [server] = await database.query<{ version: number }>(
      "SELECT current_setting('server_version_num')::int / 10000 AS version",
    );
    if ((server?.version ?? 0) < oldestServer) {
      throw new UsageError(
        `PostgreSQL is too old: ${server?.version}; a fleet needs ${oldestServer} or newer`,
      );
    }
    const boss = await openQueues(database, supervise);
    await makeFleetTables(database);
    return {
      database,
      boss,
      close: async () => {
        await boss.stop({ close: false, graceful: false });
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw explainRefusal(url, error);
  }
}
