/**
 * Renews the session of a worker and the leases of the runs it has under way, a third of a lease apart, and does nothing
 * else. It ends with the worker, however that ends: when the channel between them closes.
 *
 *     worker ──fork──▶ keeper ──"still here"──▶ database
 *      │  starved: nothing changes
 *      ╳  dead: channel closes ▶ ╳ ▶ lease runs out ▶ the run is offered again
 */
import { setTimeout as sleep } from "node:timers/promises";
import { type Database, openDatabase } from "../database/connection.ts";
import { isOutage } from "../database/outage.ts";
import { openOwnQueue, queueOf } from "../database/queue.ts";
import { renewSession, type Session } from "./session.ts";

/** What the worker tells; the address comes this way because arguments are for everybody to read. */
export type LeaseMessage =
  | { readonly kind: "begin"; readonly url: string; readonly session: Session }
  | { readonly kind: "hold"; readonly runs: readonly HeldRun[] };

/**
 * What the worker is told: that its session is being renewed, as soon as the database answers; that it has passed to another
 * worker; or why nobody renews it any more.
 */
export type LeaseState =
  | { readonly kind: "at work" | "superseded" }
  | {
      readonly kind: "failed";
      readonly name?: string | undefined;
      readonly message: string;
      readonly code?: string | undefined;
      readonly stack?: string | undefined;
    };

interface HeldRun {
  readonly id: string;
  readonly retryCount: number;
}

const renewalsPerLease = 3;

let held: readonly HeldRun[] = [];
process.on("disconnect", () => process.exit(0));
// The terminal interrupts everybody at once; it is the worker that decides.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
process.on("message", (message: LeaseMessage) => {
  if (message.kind === "hold") held = message.runs;
  else void keep(message.url, message.session).then(tellLast, (error: unknown) => tellLast(failure(error)));
});

async function keep(url: string, session: Session): Promise<LeaseState> {
  const database = await openDatabase(url);
  try {
    await renewUntilSuperseded(database, session);
    return { kind: "superseded" };
  } finally {
    await database.close().catch(() => {});
  }
}

async function renewUntilSuperseded(database: Database, session: Session): Promise<void> {
  let queue: Awaited<ReturnType<typeof openOwnQueue>> | undefined;
  for (;;) {
    try {
      if (!(await renewSession(database, session))) return;
      queue ??= await openOwnQueue(database);
      if (held.length > 0) {
        await queue.touch(queueOf(session.host), held.map(plain));
      }
    } catch (error) {
      // Whether the lease is still ours is for the database to say, once it answers.
      if (!isOutage(error)) throw error;
    }
    tell({ kind: "at work" });
    await sleep((session.leaseSeconds * 1000) / renewalsPerLease);
  }
}

function plain({ id, retryCount }: HeldRun): { id: string; retryCount: number } {
  return { id, retryCount };
}

function failure(error: unknown): LeaseState {
  if (!(error instanceof Error)) return { kind: "failed", message: String(error) };
  const { name, message, code, stack }: NodeJS.ErrnoException = error;
  return { kind: "failed", name, message, code, stack };
}

function tellLast(state: LeaseState): void {
  tell(state, () => process.exit(0));
}

function tell(state: LeaseState, done: () => void = () => {}): void {
  process.send?.(state, done);
}
