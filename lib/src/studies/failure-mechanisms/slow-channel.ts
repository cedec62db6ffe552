import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { entryBeside } from "../../measure/entry-beside.ts";
import type { ProducerData, Sent } from "./channel-producer.ts";

/** The receiving end of a bounded channel whose sending end is a thread of its own. */
export interface BoundedChannel {
  /** Events in the order in which they were sent; ends after the last one. */
  readonly readable: ReadableStream<number>;
  /** What became of each event at the sending end, once all have been sent or given up. */
  readonly sent: Promise<readonly Sent[]>;
  /** Ends the producer's thread. */
  close(): Promise<void>;
}

/**
 * Opens a channel with room for `capacity` events between a new thread and this one: a Web Stream with a counting
 * strategy, whose writable end is transferred. Its backpressure crosses the threads: the producer's `ready` waits while
 * the buffer is full. Beside the buffer the two ends hold an event each and, when the threads run late, one or two more that
 * the receiving end has asked for ahead. The producer starts at once.
 *
 * @see https://streams.spec.whatwg.org/#transferrable-streams
 */
export function openChannel(
  capacity: number,
  { originNs, arrivalsNs, limitMs }: Omit<ProducerData, "writable">,
): BoundedChannel {
  const { readable, writable } = new TransformStream<number, number>(
    undefined,
    new CountQueuingStrategy({ highWaterMark: capacity }),
    new CountQueuingStrategy({ highWaterMark: 0 }),
  );
  const workerData: ProducerData = { originNs, arrivalsNs, limitMs, writable };
  const file = entryBeside(import.meta.url, "channel-producer");
  const producer = new Worker(file, { workerData, transferList: [writable] });
  // `once` rejects when the thread fails; a reader of the channel may look at it late.
  const sent = once(producer, "message").then(([answer]) => answer as readonly Sent[]);
  sent.catch(() => {});
  return {
    readable,
    sent,
    close: async () => {
      await producer.terminate();
    },
  };
}
