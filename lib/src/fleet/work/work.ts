import { setTimeout as sleep } from "node:timers/promises";
import type { Scenario } from "../../design/experiment.ts";
import { makeHeldFolder } from "../../measure/held-folder.ts";
import { UsageError } from "../../measure/study-error.ts";
import { type Database, openDatabase } from "../database/connection.ts";
import { isOutage, type Patience, persist } from "../database/outage.ts";
import { defaultLeaseSeconds, openOwnQueue } from "../database/queue.ts";
import type { Measurable } from "../fleet-campaign.ts";
import { hostFacts } from "../host-facts.ts";
import { keepLease, type Lease } from "./lease.ts";
import { beginSession, endSession, type Session } from "./session.ts";
import { Supervisor } from "./supervisor.ts";

/** What a worker is asked to do. */
export interface WorkRequest {
  /** Address of the database, with the host's own role and password. */
  readonly url: string;
  readonly host: string;
  readonly measurables: readonly Measurable[];
  readonly leaseSeconds?: number;
  /** End when the queue is empty instead of waiting for more. */
  readonly untilDone?: boolean;
  readonly conditions?: URL;
  /** Time after which a run is killed, in place of the experiment's own (ms). */
  readonly timeLimitMs?: (scenario: Scenario) => number;
}

/** Pause between looks into an empty queue. */
const idleMs = 5000;

/** Why a worker ended, other than by an error. */
export type WorkEnd = "done" | "stopped" | "superseded";

/**
 * Works for a host until the signal comes: does the runs of its queue, however often the database goes away meanwhile.
 *
 * @throws {UsageError} when the host is not enrolled or closed, or when this code is another than what was planned with.
 * @throws {DataError} when run after run crashes, or when nobody renews the lease any more.
 */
export async function work(request: WorkRequest, patience: Patience): Promise<WorkEnd> {
  const database = await openDatabase(request.url);
  try {
    return await workOn(request, database, patience);
  } catch (error) {
    // Whoever stops the wait for what is away has been told that it is.
    if (patience.signal.aborted && isOutage(error)) return "stopped";
    throw explain(request.host, error);
  } finally {
    await database.close().catch(() => {});
  }
}

async function workOn(request: WorkRequest, database: Database, patience: Patience): Promise<WorkEnd> {
  const { url, host, measurables, untilDone = false, conditions, timeLimitMs } = request;
  const boss = await persist(() => openOwnQueue(database), patience);
  const session = await awaitSession(database, request, patience);
  if (!session) return "stopped";
  patience.tell(`working for ${host}`);
  const lease = await keepLease(url, session);
  const folder = makeHeldFolder("fleet");
  const supervisor = new Supervisor({
    host,
    database,
    boss,
    lease,
    measurables,
    folder: folder.path,
    patience,
    conditions,
    timeLimitMs,
  });
  let note: string | null = null;
  try {
    return await workThrough(supervisor, lease, untilDone, patience);
  } catch (error) {
    note = (error as Error).message.split("\n")[0] ?? null;
    throw error;
  } finally {
    // Without the database, the lease ends by itself and what is under way is taken back by the next worker.
    await supervisor.giveUp().catch(() => {});
    await lease.end();
    await endSession(database, session, note).catch(() => {});
    await boss.stop({ close: false, graceful: false }).catch(() => {});
    folder.remove();
  }
}

async function workThrough(
  supervisor: Supervisor,
  lease: Lease,
  untilDone: boolean,
  { signal, tell }: Patience,
): Promise<WorkEnd> {
  let isIdle = false;
  for (;;) {
    if (signal.aborted) return "stopped";
    if (lease.check() === "superseded") return "superseded";
    const step = await supervisor.step();
    if (step !== "nothing to do") {
      isIdle = false;
      continue;
    }
    if (untilDone) return "done";
    if (!isIdle) tell("the queue is empty; waiting for more");
    isIdle = true;
    await sleep(idleMs, undefined, { signal }).catch(() => {});
  }
}

async function awaitSession(
  database: Database,
  { host, leaseSeconds = defaultLeaseSeconds }: WorkRequest,
  patience: Patience,
): Promise<Session | null> {
  const { signal, tell } = patience;
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const session = await persist(() => beginSession(database, host, hostFacts(), leaseSeconds), patience);
    if ("number" in session) return session;
    if (isFirst) {
      tell(
        `another worker holds ${host} for ${Math.ceil(session.heldForSeconds)} s more, or longer if it is alive; waiting until it lets go`,
      );
    }
    await sleep(Math.min(1000 * session.heldForSeconds + 100, idleMs), undefined, { signal }).catch(() => {});
  }
  return null;
}

/** Codes of a server that does not know this role, or does not let it do this. */
const refused: readonly string[] = ["28P01", "28000", "42501"];
/** Code of a server that lacks a table, as one that an earlier version prepared. */
const unprepared = "42P01";

function explain(host: string, error: unknown): unknown {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code === unprepared) {
    return new UsageError(
      `database holds no fleet of this version: ${(error as Error).message}; run \`fleet serve\` of the same version on it`,
      { cause: error },
    );
  }
  if (!refused.includes(code)) return error;
  return new UsageError(
    `database refuses the host: ${host}, ${(error as Error).message}; enrol it with \`fleet enrol ${host}\` and pass the file that this writes`,
    { cause: error },
  );
}
