import { type MessagePort, workerData } from "node:worker_threads";
import { ball, type EchoData } from "./ping-pong.ts";

/**
 * The far side of a ping-pong: stamps what arrives with the clock that all threads share, and sends it back. Ends when
 * its port closes or its cell says so.
 */
const { port, cells, stampNs } = workerData as EchoData;
if (port) answerMessages(port);
else answerCells(cells);

function answerMessages(port: MessagePort): void {
  port.on("message", () => port.postMessage(process.hrtime.bigint()));
}

function answerCells(cells: Int32Array): void {
  for (;;) {
    Atomics.wait(cells, 0, ball.home);
    if (Atomics.load(cells, 0) === ball.lost) return;
    stampNs[0] = process.hrtime.bigint();
    Atomics.store(cells, 0, ball.home);
    Atomics.notify(cells, 0);
  }
}
