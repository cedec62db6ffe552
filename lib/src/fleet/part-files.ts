import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { partPath } from "../harness/part.ts";
import { DataError } from "../measure/study-error.ts";
import type { Statements } from "./database/connection.ts";
import { checkMarker, openChosenStore } from "./parts/chosen-store.ts";
import { openStore } from "./parts/open-store.ts";

/** An answer that counts. */
export interface AcceptedAnswer {
  readonly run: number;
  /** Address of its part; null where the run was not needed. */
  readonly part: string | null;
}

/** Reads the answers of a campaign that count, by run. */
export async function acceptedAnswers(
  database: Statements,
  host: string,
  plan: string,
): Promise<ReadonlyMap<number, AcceptedAnswer>> {
  const answers = await database.query<AcceptedAnswer>(
    `SELECT run, part FROM fleet.answer WHERE host = $1 AND plan = $2 AND standing = 'accepted' ORDER BY run`,
    [host, plan],
  );
  return new Map(answers.map((answer) => [answer.run, answer]));
}

/** What the row of a part says: its bytes, or how many lie where. */
export type KeptPart =
  | { readonly bytes: Uint8Array; readonly size: null; readonly store: null }
  | { readonly bytes: null; readonly size: number; readonly store: string };

/**
 * Puts a part where those of the fleet lie, and returns what its row is to say. Whoever is killed before that row is written
 * leaves an object that nothing refers to, which does no harm; the other way round, an answer would count without its part.
 *
 * @param sha256 its address, the hash of its content
 * @throws {StoreAway} when the place is away.
 * @throws {UsageError} when the place refuses this user.
 */
export async function keepPart(database: Statements, bytes: Uint8Array, sha256: string): Promise<KeptPart> {
  const store = await openChosenStore(database);
  if (!store) return { bytes, size: null, store: null };
  await store.put(sha256, bytes, sha256);
  return { bytes: null, size: bytes.length, store: store.url };
}

/** Which part is asked for. */
export interface PartOfRun {
  readonly host: string;
  readonly run: number;
  /** Its address. */
  readonly sha256: string;
}

/**
 * Fetches a run's part into a folder, and checks it against its address.
 *
 * @throws {DataError} when it is missing or altered.
 * @throws {StoreAway} when the place where it lies is away.
 */
export async function fetchPart(
  database: Statements,
  folder: string,
  { host, run, sha256 }: PartOfRun,
): Promise<string> {
  const [kept] = await database.query<KeptPart>(
    "SELECT bytes, size, store FROM fleet.part WHERE sha256 = $1",
    [sha256],
  );
  const name = `part of run ${run} of ${host}`;
  if (!kept) throw new DataError(`${name} is missing in the database: ${sha256.slice(0, 12)}`);
  const { bytes, place } = await readKept(kept, sha256);
  if (!bytes) throw new DataError(`${name} is missing: it should lie at ${place}; bring it back from a copy`);
  if (createHash("sha256").update(bytes).digest("hex") === sha256) {
    const path = partPath(folder, run);
    writeFileSync(path, bytes);
    return path;
  }
  const told = kept.size === null ? "" : `, ${bytes.length} bytes of ${kept.size},`;
  throw new DataError(
    `${name} is altered: its content${told} is not what its address ${sha256.slice(0, 12)} says; look at ${place}, and bring it back from a copy`,
  );
}

async function readKept(
  { bytes, store: url }: KeptPart,
  sha256: string,
): Promise<{ readonly bytes: Uint8Array | null; readonly place: string }> {
  if (url === null) return { bytes, place: "the disk of the database's host" };
  const store = openStore(url);
  const found = await store.get(sha256);
  if (!found) await checkMarker(store);
  return { bytes: found, place: store.placeOf(sha256) };
}
