/** One process of a cluster: a server whose connections live on this event loop and run their polls on it. */
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import runPoll from "../../../executor/piscina-worker.ts";
import { decodePoll } from "./poll-line.ts";

createServer({ noDelay: true }, (socket) => {
  socket.on("error", () => socket.destroy());
  socket.write("ready\n");
  createInterface({ input: socket }).on("line", (line) => {
    const [startedNs, endedNs] = runPoll(decodePoll(line));
    socket.write(`${JSON.stringify([startedNs, endedNs, process.pid])}\n`);
  });
}).listen(0, "127.0.0.1");
