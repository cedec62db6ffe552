import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../../measure/entry-beside.ts";
import { DataError, UsageError } from "../../measure/study-error.ts";
import type { FetchedRun } from "../database/queue.ts";
import type { LeaseMessage, LeaseState } from "./lease-process.ts";
import type { Session } from "./session.ts";

/**
 * A lease that a process of its own renews, which does nothing else: however busy the worker or its host is, it loses
 * neither its session nor its run for that.
 */
export interface Lease {
  /** Aborted when this worker may not go on; `check` then says why. */
  readonly lost: AbortSignal;
  /**
   * Tells whether this worker may go on, or another has its session.
   *
   * @throws what keeps the session from being renewed, such as a database that refuses the host; {@link DataError} when who
   *   renews it was killed.
   */
  check(): "kept" | "superseded";
  /** Says which runs are under way from now on. */
  hold(runs: readonly FetchedRun[]): void;
  end(): Promise<void>;
}

const entry = fileURLToPath(entryBeside(import.meta.url, "lease-process"));

/**
 * Starts to renew a session, and resolves when that was tried once, be the database away or not. The process ends with this
 * one, however this one ends.
 */
export async function keepLease(url: string, session: Session): Promise<Lease> {
  const lost = new AbortController();
  const tried = Promise.withResolvers<void>();
  let why: "superseded" | Error | null = null;
  const lose = (cause: "superseded" | Error) => {
    why ??= cause;
    lost.abort();
    tried.resolve();
  };
  const keeper = fork(entry, { execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
  keeper.on("error", lose);
  keeper.on("message", (state: LeaseState) => {
    if (state.kind === "superseded") lose("superseded");
    else if (state.kind === "failed") lose(errorFrom(state));
    else tried.resolve();
  });
  // What it said last comes before the channel closes, and may come after it has exited.
  const gone = Promise.all([once(keeper, "exit"), once(keeper, "disconnect")]).then(() => {
    // Without a keeper the lease runs out, and another worker may begin: this one must not go on.
    lose(
      new DataError(
        `keeper of the lease ended without a word (${keeper.signalCode ?? keeper.exitCode}): ${session.host}; start its \`fleet work\` again`,
      ),
    );
  }, lose);
  const tell = (message: LeaseMessage) => void (keeper.connected && keeper.send(message, () => {}));
  tell({ kind: "begin", url, session });
  await tried.promise;
  return {
    lost: lost.signal,
    check: () => {
      if (why instanceof Error) throw why;
      return why ?? "kept";
    },
    hold: (runs) => tell({ kind: "hold", runs: runs.map(({ id, retryCount }) => ({ id, retryCount })) }),
    end: async () => {
      if (keeper.connected) keeper.disconnect();
      await gone;
    },
  };
}

/** An error of the keeper's: of the kind that says how it is told, with the code by which a refusal of the database is known. */
function errorFrom({ name, message, code, stack }: Extract<LeaseState, { kind: "failed" }>): Error {
  const Kind = [DataError, UsageError].find((kind) => kind.name === name) ?? Error;
  const error: Error = new Kind(message);
  return Object.assign(error, { code, stack });
}
