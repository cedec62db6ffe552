/**
 * The thread at the sending end of a bounded channel: sends each event at its time, and gives an event up that has found
 * no room by its deadline.
 *
 *     events ──▶ send ──▶ ▢▢▢▢▢▢▢▢ ──▶ consumer
 *                 └─ waits while the channel is full; rejected at the deadline
 */
import { setTimeout as delay } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { startClock } from "../../measure/clock.ts";
import { type ErrorReport, reportError } from "../../measure/error-report.ts";
import { settledBefore } from "./settled-before.ts";

export interface ProducerData {
  readonly originNs: bigint;
  /** When each event arises (ns since the origin), ascending. */
  readonly arrivalsNs: readonly number[];
  /** How long after that an event may still be sent. */
  readonly limitMs: number;
  readonly writable: WritableStream<number>;
}

/** What became of an event at this end of the channel. */
export interface Sent {
  readonly event: number;
  /** When the channel took it, or when it was given up (ns since the origin). */
  readonly atNs: number;
  /** Null for an event that was sent. */
  readonly error: ErrorReport | null;
}

const { originNs, arrivalsNs, limitMs, writable } = workerData as ProducerData;
const now = startClock(originNs);
const writer = writable.getWriter();
const sent: Sent[] = [];

for (const [event, arrivalNs] of arrivalsNs.entries()) {
  await delay(Math.max(0, Math.ceil((arrivalNs - now()) / 1e6)));
  const leftMs = Math.max(0, Math.round(limitMs - (now() - arrivalNs) / 1e6));
  try {
    await settledBefore(AbortSignal.timeout(leftMs), writer.ready);
    writer.write(event).catch(() => {});
    sent.push({ event, atNs: now(), error: null });
  } catch (error) {
    sent.push({ event, atNs: now(), error: reportError(error) });
  }
}
parentPort?.postMessage(sent);
await writer.close();
