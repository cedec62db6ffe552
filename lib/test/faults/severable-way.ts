import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A way to a server that a test can cut: while it is cut, nothing arrives and nobody is told. */
export interface SeverableWay {
  readonly port: number;
  cut(): void;
  mend(): void;
  close(): void;
}

/** Opens a way on loopback to a port. */
export async function openSeverableWay(to: number): Promise<SeverableWay> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (bytes) => into.write(bytes));
      from.on("close", () => {
        sockets.delete(from);
        into.destroy();
      });
      from.on("error", () => into.destroy());
      if (isCut) from.pause();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the way must have a port");
  return {
    port: address.port,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend: () => {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
