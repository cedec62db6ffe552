import { partPath } from "../harness/part.ts";
import { DataError } from "../measure/study-error.ts";
import { sha256File } from "../tables/sha256-file.ts";
import { writeAtomically } from "../tables/write-atomically.ts";
import type { Statements } from "./database/connection.ts";

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

/**
 * Fetches a run's part into a folder, and checks it against its address.
 *
 * @throws {DataError} when it is missing or altered.
 */
export async function fetchPart(
  database: Statements,
  folder: string,
  run: number,
  sha256: string,
): Promise<string> {
  const [part] = await database.query<{ bytes: Uint8Array }>(
    "SELECT bytes FROM fleet.part WHERE sha256 = $1",
    [sha256],
  );
  if (!part) throw new DataError(`part of run ${run} is missing in the database: ${sha256.slice(0, 12)}`);
  const path = partPath(folder, run);
  writeAtomically(path, part.bytes);
  if (sha256File(path) === sha256) return path;
  throw new DataError(
    `part of run ${run} is altered: its content is not what its address ${sha256.slice(0, 12)} says; look at the disk of the database's host`,
  );
}
