import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { PollMessage, PollStamps } from "../../../executor/piscina-worker.ts";
import { entryBeside } from "../../../measure/entry-beside.ts";
import { encodePoll } from "./poll-line.ts";
import type { StartPool } from "./started-pool.ts";

const entry = fileURLToPath(entryBeside(import.meta.url, "cluster-process"));

/**
 * A server on Node's cluster, one process a worker, each with one event loop: every task keeps a connection, which the
 * cluster deals to a worker in turn, and sends its polls over it.
 */
export const startCluster: StartPool = async (workers, tasks) => {
  cluster.setupPrimary({ exec: entry });
  const processes = Array.from({ length: workers }, () => cluster.fork());
  const exits = processes.map((worker) => once(worker, "exit"));
  const connections: Connection[] = [];
  const close = async (): Promise<void> => {
    for (const { socket } of connections) socket.destroy();
    for (const worker of processes) worker.kill();
    await Promise.all(exits);
  };
  try {
    const ports = await Promise.all(processes.map(listening));
    for (let task = 0; task < Math.max(tasks, workers); task++) {
      connections.push(await openConnection(ports[0] as number));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    run: (message, task) => (connections[task] as Connection).ask(message),
    close,
  };
};

/** All workers of a cluster that listen on no port in particular share one. */
async function listening(worker: Worker): Promise<number> {
  const [{ port }] = (await once(worker, "listening")) as [AddressInfo];
  return port;
}

interface Connection {
  readonly socket: Socket;
  ask(message: PollMessage): Promise<PollStamps>;
}

/** Resolves once a worker has greeted, so that connections are dealt in the order in which they are opened. */
async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const lines = createInterface({ input: socket });
  await once(lines, "line");
  return {
    socket,
    ask: (message) =>
      new Promise((resolve, reject) => {
        const lost = (): void => reject(new Error("connection to a cluster worker must last; it was closed"));
        lines.once("close", lost);
        lines.once("line", (line) => {
          lines.off("close", lost);
          resolve(JSON.parse(line) as PollStamps);
        });
        socket.write(encodePoll(message));
      }),
  };
}
