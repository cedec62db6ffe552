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

/** What the worker is told: that the lease is being kept, or that it has passed to another. */
export type LeaseState = "kept" | "lost";

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
  else void keep(message.url, message.session);
});

async function keep(url: string, session: Session): Promise<void> {
  const database = await openDatabase(url);
  let queue: Awaited<ReturnType<typeof openOwnQueue>> | undefined;
  for (;;) {
    try {
      if (!(await renewSession(database, session))) return tellLost(database);
      queue ??= await openOwnQueue(database);
      if (held.length > 0) {
        await queue.touch(queueOf(session.host), held.map(plain));
      }
    } catch (error) {
      // Whether the lease is still ours is for the database to say, once it answers.
      if (!isOutage(error)) return tellLost(database);
    }
    tell("kept");
    await sleep((session.leaseSeconds * 1000) / renewalsPerLease);
  }
}

function plain({ id, retryCount }: HeldRun): { id: string; retryCount: number } {
  return { id, retryCount };
}

async function tellLost(database: Database): Promise<void> {
  await database.close().catch(() => {});
  tell("lost", () => process.exit(0));
}

function tell(state: LeaseState, done: () => void = () => {}): void {
  process.send?.(state, done);
}
