import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../../measure/entry-beside.ts";
import type { FetchedRun } from "../database/queue.ts";
import type { LeaseMessage, LeaseState } from "./lease-process.ts";
import type { Session } from "./session.ts";

/**
 * A lease that a process of its own renews, which does nothing else: however busy the worker or its host is, it loses
 * neither its session nor its run for that.
 */
export interface Lease {
  /** Aborted when the session has passed to another worker. */
  readonly lost: AbortSignal;
  /** Says which runs are under way from now on. */
  hold(runs: readonly FetchedRun[]): void;
  end(): Promise<void>;
}

const entry = fileURLToPath(entryBeside(import.meta.url, "lease-process"));

/** Starts to renew a session, and resolves when it was renewed. The process ends with this one, however this one ends. */
export async function keepLease(url: string, session: Session): Promise<Lease> {
  const lost = new AbortController();
  const keeper = fork(entry, { execArgv: [], stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const exited = once(keeper, "exit");
  // Without a keeper the lease runs out, and another worker may begin: this one must not go on.
  void exited.then(() => lost.abort());
  keeper.on("message", (message: LeaseState) => {
    if (message === "lost") lost.abort();
  });
  keeper.on("error", () => lost.abort());
  const tell = (message: LeaseMessage) => void (keeper.connected && keeper.send(message, () => {}));
  tell({ kind: "begin", url, session });
  await Promise.race([once(keeper, "message"), exited]);
  return {
    lost: lost.signal,
    hold: (runs) => tell({ kind: "hold", runs: runs.map(({ id, retryCount }) => ({ id, retryCount })) }),
    end: async () => {
      if (keeper.connected) keeper.disconnect();
      await exited;
    },
  };
}
