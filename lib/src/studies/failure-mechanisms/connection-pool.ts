import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type PostgresServer, startPostgres } from "../../workload/postgres/start-postgres.ts";
import type { PollTimes } from "../../workload/task.ts";
import {
  atArrivals,
  type Bench,
  type HealthCheck,
  type Operation,
  type PrepareMechanism,
  runSteps,
} from "./operation.ts";

const connections = 4;
const limitMs = 100;
const steps = 3;
const service = "service";
const accounts = 1000;
const healthEveryMs = 25;

/** What `pg-pool` says when no connection became free in time. */
const acquireTimeOut = "timeout exceeded when trying to connect";

/** Transactions on a real PostgreSQL through a pool of connections, each held while three steps wait for a worker. */
export const prepareConnectionPool: PrepareMechanism = async (bench) => {
  const resources = new AsyncDisposableStack();
  try {
    const server = await startPostgres();
    resources.defer(() => server.stop());
    const observer = new pg.Client({ ...server.connection, application_name: "observer" });
    observer.on("error", endedByServer);
    await observer.connect();
    resources.defer(() => observer.end());
    await observer.query("CREATE TABLE account (id int PRIMARY KEY, balance int NOT NULL)");
    await observer.query("INSERT INTO account SELECT id, 0 FROM generate_series(0, $1::int - 1) AS id", [
      accounts,
    ]);
    const pool = await connectedPool(server);
    resources.defer(() => pool.end());
    return {
      serve: async (arrivalsNs) => {
        const watch = watchHealth(bench, observer, pool);
        const operations = await atArrivals(bench, arrivalsNs, (intendedNs, number) =>
          operate(bench, pool, intendedNs, number % accounts),
        );
        return { operations, health: await watch.stop() };
      },
      close: () => resources.disposeAsync(),
    };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
};

/** Opens every connection before the first operation, so that none of them pays for it or is held to its limit. */
async function connectedPool({ connection }: PostgresServer): Promise<pg.Pool> {
  const pool = new pg.Pool({
    ...connection,
    application_name: service,
    max: connections,
    idleTimeoutMillis: 0,
  });
  pool.on("error", endedByServer);
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  for (const client of clients) client.release();
  pool.options.connectionTimeoutMillis = limitMs;
  return pool;
}

/** A connection that is still saying goodbye when the server stops; one that breaks earlier fails an operation. */
const endedByServer = (): void => {};

async function operate(bench: Bench, pool: pg.Pool, intendedNs: number, account: number): Promise<Operation> {
  const { now } = bench;
  const beganNs = now();
  let acquiredNs: number | null = null;
  try {
    const client = await pool.connect();
    acquiredNs = now();
    let done: PollTimes[];
    try {
      done = await transact(bench, client, account);
    } finally {
      client.release();
    }
    const endedNs = now();
    return {
      intendedNs,
      beganNs,
      waitNs: acquiredNs - beganNs,
      heldNs: endedNs - acquiredNs,
      endedNs,
      outcome: "completed",
      falseTimeout: null,
      depth: null,
      error: null,
      steps: done,
    };
  } catch (error) {
    const endedNs = now();
    return {
      intendedNs,
      beganNs,
      waitNs: (acquiredNs ?? endedNs) - beganNs,
      heldNs: acquiredNs === null ? null : endedNs - acquiredNs,
      endedNs,
      outcome: error instanceof Error && error.message === acquireTimeOut ? "timed-out" : "failed",
      falseTimeout: null,
      depth: null,
      error: bench.errors.describe(error),
      steps: [],
    };
  }
}

/** Reads, computes on the pool, writes: every transaction on a row of its own, so that no row is ever contended. */
async function transact(bench: Bench, client: pg.PoolClient, account: number): Promise<PollTimes[]> {
  await client.query("BEGIN");
  await client.query("SELECT balance FROM account WHERE id = $1", [account]);
  if (bench.dependencyMs > 0) await client.query("SELECT pg_sleep($1)", [bench.dependencyMs / 1000]);
  const done = await runSteps(bench, steps);
  await client.query("UPDATE account SET balance = balance + 1 WHERE id = $1", [account]);
  await client.query("COMMIT");
  return done;
}

/** Asks the database how it is, on a connection that the service's pool does not have. */
function watchHealth({ now }: Bench, observer: pg.Client, pool: pg.Pool): { stop(): Promise<HealthCheck[]> } {
  let stopped = false;
  const checks: HealthCheck[] = [];
  const watching = (async () => {
    while (!stopped) {
      const atNs = now();
      await observer.query("SELECT 1");
      const queryNs = now() - atNs;
      const { rows } = await observer.query<{ state: string; connections: number }>(
        "SELECT state, count(*)::int AS connections FROM pg_stat_activity WHERE application_name = $1 GROUP BY state",
        [service],
      );
      const inState = (state: string) => rows.find((row) => row.state === state)?.connections ?? 0;
      checks.push({
        atNs,
        queryNs,
        active: inState("active"),
        idleInTransaction: inState("idle in transaction"),
        waiting: pool.waitingCount,
      });
      await delay(healthEveryMs);
    }
  })();
  watching.catch(() => {});
  return {
    stop: async () => {
      stopped = true;
      await watching;
      return checks;
    },
  };
}
