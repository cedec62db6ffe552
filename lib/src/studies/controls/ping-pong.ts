import { once } from "node:events";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { entryBeside } from "../../measure/entry-beside.ts";

/** Where the ball is: with the asking thread, with the answering one, or out of the game. */
export const ball = { home: 0, away: 1, lost: 2 } as const;

/** What the answering thread gets; without a port it waits on the cell. */
export interface EchoData {
  readonly port: MessagePort | null;
  readonly cells: Int32Array;
  readonly stampNs: BigInt64Array;
}

/** One way to another thread and back: how long (ns), and how long until the other thread's stamp. */
export interface RoundTrip {
  readonly wholeNs: number;
  readonly thereNs: number;
}

/**
 * Plays ping-pong between two threads, with a pause before each serve in which both fall asleep: what waking a thread
 * costs with nothing else between.
 *
 *     asking thread    sent ─┐               ┌─ received      whole = received − sent
 *     answering thread       └─ woken, stamp ┘                there = stamp − sent
 *
 * The stamp lies between sent and received if, and only if, the threads' clocks agree.
 *
 * @param way futex (`Atomics.wait` and `notify`) or message (`postMessage`)
 */
export async function playPingPong(
  way: "atomics" | "messages",
  rounds: number,
  pause: () => Promise<void>,
): Promise<RoundTrip[]> {
  const cells = new Int32Array(new SharedArrayBuffer(4));
  const stampNs = new BigInt64Array(new SharedArrayBuffer(8));
  const { port1, port2 } = new MessageChannel();
  const data: EchoData = { port: way === "messages" ? port2 : null, cells, stampNs };
  const worker = new Worker(entryBeside(import.meta.url, "echo"), {
    workerData: data,
    transferList: way === "messages" ? [port2] : [],
  });
  const failed = once(worker, "error").then(([error]) => Promise.reject(error));
  failed.catch(() => {});
  const serve = way === "messages" ? () => byMessage(port1) : async () => byCell(cells, stampNs);
  const trips: RoundTrip[] = [];
  try {
    await Promise.race([once(worker, "online"), failed]);
    // The first serves find a thread that is still loading.
    for (let round = -warmUpRounds; round < rounds; round++) {
      await pause();
      const sentNs = process.hrtime.bigint();
      const stamp = await Promise.race([serve(), failed]);
      const receivedNs = process.hrtime.bigint();
      if (round < 0) continue;
      trips.push({ wholeNs: Number(receivedNs - sentNs), thereNs: Number((stamp as bigint) - sentNs) });
    }
    return trips;
  } finally {
    Atomics.store(cells, 0, ball.lost);
    Atomics.notify(cells, 0);
    port1.close();
    await worker.terminate();
  }
}

const warmUpRounds = 20;

function byCell(cells: Int32Array, stampNs: BigInt64Array): bigint {
  Atomics.store(cells, 0, ball.away);
  Atomics.notify(cells, 0);
  if (Atomics.wait(cells, 0, ball.away, 1000) === "timed-out") throw new Error("echo thread does not answer");
  return stampNs[0] as bigint;
}

async function byMessage(port: MessagePort): Promise<bigint> {
  const answer = once(port, "message");
  port.postMessage(null);
  const [stamp] = await answer;
  return stamp as bigint;
}
