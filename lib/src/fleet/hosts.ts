import type { PgBoss } from "pg-boss";
import { UsageError } from "../measure/study-error.ts";
import type { Database, Statements } from "./database/connection.ts";
import { makePassword, scramVerifier } from "./database/credentials.ts";
import { hostGroup, hostRole } from "./database/fleet-tables.ts";
import { makeQueue, tableOf } from "./database/queue.ts";

const labelPattern = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Connections a host may hold: its supervisor's, its lease's, and as much again while old ones die. */
const connectionsOfHost = 6;

/**
 * Enrols a host: it gets a role of its own, which may fetch from its queue and see its own rows, and nothing else. A host
 * that is enrolled already gets a new password, and one that was closed is opened again.
 *
 * @param address of the database as the host reaches it; user and password do not matter
 * @param keep keeps what is returned where the host finds it, and returns what undoes that; what it throws leaves the host as
 *   it was
 * @returns the host's own address of the database, with its password, which nobody can find out later
 * @throws {UsageError} when the label is not valid, or when another fleet on the same server has the role; the host is then as
 *   it was.
 */
export async function enrolHost(
  database: Database,
  boss: PgBoss,
  label: string,
  address: string,
  keep: (url: string) => () => void = () => () => {},
): Promise<string> {
  checkLabels([label]);
  const role = hostRole(label);
  const password = makePassword();
  const { href: url } = Object.assign(new URL(address), { username: role, password });
  let undo = () => {};
  const enrol = async (within: Statements) => {
    const [host] = await within.query("SELECT FROM fleet.host WHERE label = $1 FOR UPDATE", [label]);
    const [known] = await within.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    if (known && !host) {
      throw new UsageError(
        `role is taken: ${role}, by another fleet on the same server; choose another label for ${label}`,
      );
    }
    const rights = `LOGIN CONNECTION LIMIT ${connectionsOfHost} PASSWORD '${scramVerifier(password)}'`;
    if (known) await within.query(`ALTER ROLE "${role}" ${rights}`);
    else await within.query(`CREATE ROLE "${role}" ${rights} IN ROLE ${hostGroup}`);
    if (host) await within.query("UPDATE fleet.host SET closed = NULL WHERE label = $1", [label]);
    else await within.query("INSERT INTO fleet.host (label) VALUES ($1)", [label]);
    undo = keep(url);
  };
  await database.transaction(enrol).catch((error: unknown) => {
    // What was kept already has a password that does not count.
    undo();
    throw error;
  });
  await makeQueue(boss, database, label, role);
  return url;
}

/**
 * Checks labels of hosts that are to be enrolled.
 *
 * @throws {UsageError} when one is not valid, or is named twice.
 */
export function checkLabels(labels: readonly string[]): void {
  const wrong = labels.find((label) => !labelPattern.test(label));
  if (wrong !== undefined) {
    throw new UsageError(
      `label of a host must be up to 40 of a–z, 0–9 and -, and begin with none of the latter; got ${wrong}`,
    );
  }
  const repeated = labels.find((label, i) => labels.indexOf(label) < i);
  if (repeated !== undefined) throw new UsageError(`host is given twice: ${repeated}; name it once`);
}

/** What is no name or address of a host may mean something to a shell that an address is pasted into. */
const reachPattern = /^(?<hostname>[a-z0-9_][a-z0-9._-]*|\[[0-9a-f:.]+\])(?::(?<port>[1-9]\d*))?$/i;

/**
 * Turns the planner's address of the database into that under which hosts reach it.
 *
 * @param reach host, or host and port, in place of the planner's
 * @throws {UsageError} when it is neither.
 */
export function addressFrom(address: string, reach: string): string {
  const { hostname, port } = reachPattern.exec(reach)?.groups ?? {};
  // The pattern leaves numbers to be judged: of a port, and those within an IP address.
  if (hostname === undefined || !URL.canParse(`http://${reach}`)) {
    throw new UsageError(`--reach must be host or host:port, as the hosts see the server; got ${reach}`);
  }
  return Object.assign(new URL(address), { hostname, ...(port !== undefined && { port }) }).href;
}

/** What became of a host's work. */
export interface Closing {
  /** Runs that nobody will do, unless they are planned again. */
  readonly givenUp: number;
}

/**
 * Closes a host: what is left in its queue is given up, and its role may no longer connect. What it measured stays.
 *
 * @throws {UsageError} when it was never enrolled.
 */
export async function closeHost(database: Database, boss: PgBoss, label: string): Promise<Closing> {
  await knownHosts(database, [label]);
  const table = await tableOf(boss, label);
  return database.transaction(async (within) => {
    await within.query("UPDATE fleet.host SET closed = now(), held_until = now() WHERE label = $1", [label]);
    await within.query(`ALTER ROLE "${hostRole(label)}" NOLOGIN`);
    const left = await within.query<{ id: string }>(
      `SELECT id FROM pgboss."${table}" WHERE state IN ('created', 'retry', 'active')`,
    );
    const ids = left.map(({ id }) => id);
    if (ids.length > 0) await boss.cancel(`host-${label}`, ids, { db: within });
    await within.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", [
      hostRole(label),
    ]);
    return { givenUp: ids.length };
  });
}

/** What is known of a host. */
export interface KnownHost {
  readonly label: string;
  readonly closed: Date | null;
  /** What it told of itself when it last began to work; null before. */
  readonly facts: unknown;
}

/**
 * Finds enrolled hosts by their labels; all that are not closed, without any.
 *
 * @throws {UsageError} naming those that are not enrolled.
 */
export async function knownHosts(
  database: Statements,
  labels: readonly string[] | "each",
): Promise<readonly KnownHost[]> {
  const hosts = await database.query<KnownHost>("SELECT label, closed, facts FROM fleet.host ORDER BY label");
  if (labels === "each") return hosts.filter(({ closed }) => closed === null);
  const unknown = labels.filter((label) => !hosts.some((host) => host.label === label));
  if (unknown.length > 0) {
    const known = hosts.map(({ label }) => label).join(", ") || "none";
    throw new UsageError(
      `host is not enrolled: ${unknown.join(", ")}; enrolled are ${known}; add it with \`fleet enrol\``,
    );
  }
  return hosts.filter(({ label }) => labels.includes(label));
}
