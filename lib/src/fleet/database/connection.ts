import type { Pool, PoolClient } from "pg";

/** What runs a statement, be it on a connection of its own or within a transaction. */
export interface Statements {
  /** Runs a statement and returns its rows. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The same as pg-boss wants it. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** A fleet's database. */
export interface Database extends Statements {
  /** Runs statements that count together or not at all. */
  transaction<Result>(work: (within: Statements) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** A statement that is not answered by then is asked anew: half a connection can stay silent for hours. */
const answerWithinMs = 120_000;

/**
 * Opens a fleet's database; nothing is asked yet, and what is lost is connected anew at the next statement.
 *
 * @param url with user and password
 * @param connections most connections at a time
 */
export async function openDatabase(url: string, connections = 1): Promise<Database> {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: "scheduling-safety fleet",
    connectionTimeoutMillis: 20_000,
    query_timeout: answerWithinMs,
    keepAlive: true,
  });
  // A connection that breaks while it is idle is replaced when it is needed.
  pool.on("error", () => {});
  return {
    ...statementsOn(pool),
    transaction: (work) => transaction(pool, work),
    close: () => pool.end(),
  };
}

async function transaction<Result>(
  pool: Pool,
  work: (within: Statements) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const breaks = (error: Error) => {
    broken = error;
  };
  client.on("error", breaks);
  try {
    await client.query("BEGIN");
    const result = await work(statementsOn(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.off("error", breaks);
    client.release(broken);
  }
}

function statementsOn(client: Pool | PoolClient): Statements {
  const executeSql = (text: string, values: unknown[] = []) => client.query(text, values);
  return {
    executeSql,
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await executeSql(text, [...values])).rows as Row[],
  };
}
