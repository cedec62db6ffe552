import { setTimeout as sleep } from "node:timers/promises";
import { DataError } from "../../measure/study-error.ts";

/** The place of parts, where that is not the database, is away for now or full. */
export class StoreAway extends DataError {
  /** What it said, and where. */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`place of parts is away: ${reason}; do the same again once it answers`, options);
    this.reason = reason;
  }
}

/** What the network says when the server, or the way to it, is gone. */
const lost: readonly string[] = [
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
  "EAI_AGAIN",
  "ENOTFOUND",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_SOCKET",
];

/** Classes of the server's own errors that pass: connection, resources such as its disk, intervention, rollback. */
const passing = /^(08|53|57P|40)/;

const unnamed =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable/i;

/**
 * Tells whether an error speaks of a database, or of a place of parts, that is away for now, rather than of a mistake.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof StoreAway) return true;
  if (error instanceof AggregateError) return error.errors.some(isOutage);
  if (!(error instanceof Error)) return false;
  const { code = "" } = error as NodeJS.ErrnoException;
  return lost.includes(code) || passing.test(code) || unnamed.test(error.message);
}

/** What to do while the database, or the place of parts, is away. */
export interface Patience {
  /** Ends the wait. */
  readonly signal: AbortSignal;
  /** Told once an outage, and once when it is over. */
  readonly tell: (text: string) => void;
}

const [firstPauseMs, longestPauseMs]: readonly [number, number] = [250, 15_000];

/**
 * Does something with the database again and again until it is answered, however long it is away. What is done must be
 * right to do twice: an answer may be lost after the deed.
 *
 * @throws whatever is no outage; and the outage itself once the signal has come.
 */
export async function persist<Result>(
  deed: () => Promise<Result>,
  { signal, tell }: Patience,
): Promise<Result> {
  let away: string | null = null;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      const result = await deed();
      if (away !== null) tell(`${away} answers again`);
      return result;
    } catch (error) {
      if (!isOutage(error) || signal.aborted) throw error;
      if (away === null) {
        away = error instanceof StoreAway ? "the place of parts" : "the database";
        tell(`${away} is away (${reason(error)}); asking until it answers`);
      }
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  }
}

function reason(error: unknown): string {
  if (error instanceof StoreAway) return error.reason;
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
