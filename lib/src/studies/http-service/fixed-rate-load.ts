import { Agent, get } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { startClock } from "../../measure/clock.ts";
import { isOwnFault, ownFault } from "./load-fault.ts";
import { type Attempt, type FixedRatePlan, pathOf } from "./load-plan.ts";

/**
 * Sends requests at intended times, each timed from its intended start, and waits for every answer.
 *
 * This is not left to autocannon: its rates let each connection send a second's worth of requests back to back, the next
 * when the last was answered, and pause until the second is over; the latencies it then corrects are computed, not
 * measured. Here a late answer holds back nothing.
 * @see https://github.com/mcollina/autocannon/blob/master/lib/httpClient.js (`reqsMadeThisSecond`)
 */
export async function fixedRateLoad(port: number, plan: FixedRatePlan): Promise<Attempt[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, scheduling: "lifo" });
  const now = startClock();
  const attempts: Attempt[] = [];
  let sent = 0;

  const send = async (request: number, attempt: number, intendedUs: number | null): Promise<void> => {
    const blocking = plan.blocking[request] as boolean;
    const number = sent++;
    const actualUs = now() / 1000;
    const beganUs = intendedUs ?? actualUs;
    const status = await statusOf(agent, port, pathOf(number, blocking));
    attempts.push({
      sent: number,
      request,
      attempt,
      blocking,
      beganUs: Math.round(beganUs),
      lateUs: intendedUs === null ? null : Math.round(actualUs - intendedUs),
      latencyUs: Math.round(now() / 1000 - beganUs),
      status,
    });
    if (status !== 200 && attempt < plan.retries) await send(request, attempt + 1, null);
  };

  const answers: Promise<void>[] = [];
  try {
    for (const [request, intendedMs] of plan.intendedMs.entries()) {
      const leftMs = intendedMs - now() / 1e6;
      // Timers cut fractions of a millisecond off; to send too early would be no better than too late.
      if (leftMs > 0) await delay(Math.ceil(leftMs));
      const answer = send(request, 0, intendedMs * 1000);
      // It is looked at when all are sent; until then a rejection is not unhandled.
      answer.catch(() => {});
      answers.push(answer);
    }
    await Promise.all(answers);
    return attempts;
  } finally {
    agent.destroy();
  }
}

/**
 * Null when a connection that worked before failed.
 *
 * @throws {InstrumentError} when the fault is the load's own.
 */
function statusOf(agent: Agent, port: number, path: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const request = get({ agent, host: "127.0.0.1", port, path }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? null));
    });
    request.once("error", (error) => {
      const isFresh = !request.reusedSocket && (request.socket?.bytesRead ?? 0) === 0;
      if (isFresh || isOwnFault(error)) reject(ownFault(error));
      else resolve(null);
    });
  });
}
