import type { Statements } from "../database/connection.ts";
import type { HostFacts } from "../host-facts.ts";

/** The right to work for a host: one worker has it at a time, told from earlier ones by its number. */
export interface Session {
  readonly host: string;
  readonly number: number;
  readonly leaseSeconds: number;
}

/** Why a host has no session to give: when the one that another worker holds ends, if nobody renews it. */
export interface Held {
  readonly heldForSeconds: number;
}

/** Begins a session once no other worker's lease is running; the server's clock decides. */
export async function beginSession(
  database: Statements,
  host: string,
  facts: HostFacts,
  leaseSeconds: number,
): Promise<Session | Held> {
  const [begun] = await database.query<{ session: number }>(
    `UPDATE fleet.host SET session = session + 1, seen = now(), facts = $2, note = NULL,
       held_until = now() + $3 * interval '1 second'
     WHERE label = $1 AND (held_until IS NULL OR held_until <= now()) RETURNING session`,
    [host, JSON.stringify(facts), leaseSeconds],
  );
  if (begun) return { host, number: begun.session, leaseSeconds };
  const [held] = await database.query<{ left: number }>(
    "SELECT extract(epoch FROM held_until - now())::float8 AS left FROM fleet.host WHERE label = $1",
    [host],
  );
  return { heldForSeconds: Math.max(0, held?.left ?? 0) };
}

/** Says that a session goes on; false when another worker has begun one since, or the host was closed. */
export async function renewSession(database: Statements, session: Session): Promise<boolean> {
  const rows = await database.query(
    `UPDATE fleet.host SET seen = now(), held_until = now() + $3 * interval '1 second'
     WHERE label = $1 AND session = $2 RETURNING label`,
    [session.host, session.number, session.leaseSeconds],
  );
  return rows.length > 0;
}

/** Ends a session, so that the next worker need not wait for its lease. */
export async function endSession(
  database: Statements,
  { host, number }: Session,
  note: string | null,
): Promise<void> {
  await database.query(
    "UPDATE fleet.host SET held_until = now(), note = $3 WHERE label = $1 AND session = $2",
    [host, number, note],
  );
}
