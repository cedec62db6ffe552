import { createHash } from "node:crypto";
import type { PgBoss } from "pg-boss";
import { DataError } from "../../measure/study-error.ts";
import type { Database, Statements } from "../database/connection.ts";
import { partLimitBytes } from "../database/fleet-tables.ts";
import { affectedBy, type FetchedRun, queueOf } from "../database/queue.ts";
import { keepPart } from "../part-files.ts";

/** What is said of one attempt of a run. */
export interface Answer {
  readonly host: string;
  readonly plan: string;
  readonly run: number;
  /** Whole content of its part; null where the run was not needed any more. */
  readonly part: Uint8Array | null;
  readonly invalidReason: string | null;
  readonly tookMs: number;
}

/** Whether an answer counts; a late one is kept beside the one that counts, and never takes its place. */
export type Standing = "accepted" | "late";

interface EarlierAnswer {
  readonly standing: Standing;
  readonly part: string | null;
}

/**
 * Hands an answer in: it counts if this attempt of the run is still the one under way, which the queue decides in the same
 * transaction. Handing in twice, as after a lost confirmation, changes nothing.
 *
 * @throws {DataError} when the part is too large, or when the same attempt was answered otherwise before.
 * @throws {StoreAway} when the place of parts is away.
 */
export async function handIn(
  database: Database,
  boss: PgBoss,
  fetched: FetchedRun,
  answer: Answer,
): Promise<Standing> {
  const { host, plan, run, part, invalidReason, tookMs } = answer;
  const sha256 = part && createHash("sha256").update(part).digest("hex");
  if (part && part.length > partLimitBytes) {
    throw new DataError(
      `part of run ${run} is too large to send: ${part.length} bytes of at most ${partLimitBytes}; measure this experiment with \`run\` on the host itself`,
    );
  }
  const kept = part && sha256 ? await keepPart(database, part, sha256) : null;
  return database.transaction(async (within) => {
    const earlier = await earlierAnswer(within, answer, fetched.retryCount);
    if (earlier) {
      if (earlier.part === sha256) return earlier.standing;
      throw new DataError(
        `attempt ${fetched.retryCount} of run ${run} was answered already, with another content (${earlier.part?.slice(0, 12) ?? "not needed"}, now ${sha256?.slice(0, 12) ?? "not needed"}); two workers may share the label ${host}`,
      );
    }
    const completed = await boss.complete(queueOf(host), fetched, null, { db: within });
    const standing = affectedBy(completed) === 1 ? "accepted" : "late";
    if (kept) {
      await within.query(
        "INSERT INTO fleet.part (sha256, bytes, size, store) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        [sha256, kept.bytes, kept.size, kept.store],
      );
    }
    await within.query(
      `INSERT INTO fleet.answer (host, plan, run, attempt, standing, part, invalid_reason, took_ms)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [host, plan, run, fetched.retryCount, standing, sha256, invalidReason, tookMs],
    );
    return standing;
  });
}

async function earlierAnswer(
  within: Statements,
  { host, plan, run }: Answer,
  attempt: number,
): Promise<EarlierAnswer | undefined> {
  const [earlier] = await within.query<EarlierAnswer>(
    "SELECT standing, part FROM fleet.answer WHERE host = $1 AND plan = $2 AND run = $3 AND attempt = $4",
    [host, plan, run, attempt],
  );
  return earlier;
}
