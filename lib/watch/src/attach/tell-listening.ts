import { subscribe } from "node:diagnostics_channel";
import { renameSync, writeFileSync } from "node:fs";
import type { Server } from "node:net";
import { join } from "node:path";

/** Names the folder in which a program that is being checked tells its port. */
export const listeningVariable = "SCHEDULING_SAFETY_WATCH_CHECK";
export const listeningFile = "listening";

/**
 * Tells the port of the first server, and ends with an exit at SIGTERM where the program does not handle it itself, so that
 * the trace is complete.
 */
export function tellListening(folder: string): void {
  let told = false;
  subscribe("tracing:net.server.listen:asyncEnd", (message) => {
    const address = (message as { server: Server }).server.address();
    if (told || address === null || typeof address === "string") return;
    told = true;
    const file = join(folder, listeningFile);
    writeFileSync(`${file}.part`, String(address.port));
    renameSync(`${file}.part`, file);
    const end = () => {
      if (process.listenerCount("SIGTERM") === 1) process.exit(143);
    };
    // Before the program's own: a listener that is asked once is no longer counted when it has been.
    process.prependListener("SIGTERM", end);
  });
}
