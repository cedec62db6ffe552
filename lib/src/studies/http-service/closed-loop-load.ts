import autocannon from "autocannon";
import { startClock } from "../../measure/clock.ts";
import { isOwnFault, ownFault } from "./load-fault.ts";
import { type Attempt, type ClosedLoopPlan, pathOf } from "./load-plan.ts";

type Answered = Pick<Attempt, "sent" | "blocking">;

declare module "autocannon" {
  /** What the library has and its types lack. */
  interface Client {
    on(event: "connError", listener: (error: NodeJS.ErrnoException) => void): this;
    destroy(): void;
  }
}

/** How often autocannon looks whether its time is up. */
const lookMs = 20;

/**
 * Keeps each connection busy with one request at a time. Requests under way at the end are cut off and not told: at most
 * one a connection.
 */
export async function closedLoopLoad(
  port: number,
  { connections, loadMs, blocking }: ClosedLoopPlan,
): Promise<Attempt[]> {
  const now = startClock();
  const attempts: Attempt[] = [];
  let sent = 0;
  let answered: Answered | null = null;
  await new Promise<void>((resolve, reject) => {
    const load = autocannon(
      {
        url: `http://127.0.0.1:${port}`,
        connections,
        duration: loadMs / 1000,
        sampleInt: lookMs,
        setupClient: (client) => {
          // Before autocannon's own listener, which would connect anew in the same tick, for ever: a promise is never heard.
          client.on("connError", (error) => {
            if (!isOwnFault(error)) return;
            client.destroy();
            reject(ownFault(error));
          });
        },
        requests: [
          {
            setupRequest: (request, context) => {
              const next = { sent, blocking: blocking[sent % blocking.length] as boolean };
              sent++;
              Object.assign(context, next);
              return { ...request, path: pathOf(next.sent, next.blocking) };
            },
            onResponse: (_status, _body, context) => {
              answered = { ...context } as Answered;
            },
          },
        ],
      },
      (error) => (error ? reject(error) : resolve()),
    );
    // Emitted right after `onResponse`, and knows how long the answer took.
    load.on("response", (_client, status, _bytes, tookMs) => {
      if (answered === null) return;
      const latencyUs = Math.round(tookMs * 1000);
      const beganUs = Math.max(0, Math.round(now() / 1000) - latencyUs);
      const request = answered.sent;
      attempts.push({ ...answered, request, attempt: 0, beganUs, lateUs: null, latencyUs, status });
      answered = null;
    });
  });
  return attempts;
}
