import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../../measure/entry-beside.ts";
import { parseData } from "../../measure/parse-json.ts";
import { NotTestableError } from "../../measure/study-error.ts";
import { type GuardianAnswer, guardianAnswer, guardianMessage } from "./guardian-answer.ts";

/** A PostgreSQL server on loopback that lives for one run. */
export interface PostgresServer {
  /** What a client needs to connect. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  /** Stops the server and removes its data; resolves when both are gone. */
  stop(): Promise<void>;
}

const entry = fileURLToPath(entryBeside(import.meta.url, "guardian"));

/**
 * Starts a PostgreSQL server in a fresh folder, on a free port. The server and its folder go when this process does,
 * even by `kill -9`.
 *
 * @throws {NotTestableError} when this host cannot run one.
 */
export async function startPostgres(): Promise<PostgresServer> {
  // In a session of its own, so that what kills this process's group leaves the guardian to clean up.
  const guardian = fork(entry, {
    detached: true,
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exited = once(guardian, "exit");
  const answer = await Promise.race([
    once(guardian, "message").then(([message]) => parseData(message, guardianAnswer, guardianMessage)),
    exited.then((): GuardianAnswer => ({ kind: "failed", reason: "its guardian ended at once" })),
  ]);
  if (answer.kind !== "ready") {
    await exited;
    if (answer.kind === "not testable") throw new NotTestableError(answer.reason);
    throw new Error(`PostgreSQL did not start: ${answer.reason}`);
  }
  const { port, user, password } = answer;
  return {
    connection: { host: "127.0.0.1", port, user, password, database: "postgres" },
    stop: async () => {
      if (guardian.connected) guardian.send("stop", () => {});
      await exited;
    },
  };
}
