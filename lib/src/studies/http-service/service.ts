import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { fastify } from "fastify";
import { startClock } from "../../measure/clock.ts";
import { workCode } from "../../workload/work.ts";
import { ServicePool } from "./service-pool.ts";

/** What is done about the blocking path. */
export const treatments = ["as-is", "offloaded", "abort-queued", "skip-expired"] as const;
export type Treatment = (typeof treatments)[number];

export interface ServiceOptions {
  readonly workers: number;
  readonly treatment: Treatment;
  /** How long a request first waits for another service, holding nothing. */
  readonly thinkMs: number;
  /** How long the blocking path holds its worker. */
  readonly blockMs: number;
  readonly deadlineMs: number;
}

/** What the server knows of one request (ns since its origin); null where no worker ever started its task. */
export interface ServiceRecord {
  readonly receivedNs: number;
  readonly handedNs: number | null;
  readonly startedNs: number | null;
  readonly endedNs: number | null;
}

export interface HttpService {
  readonly port: number;
  /** Records by the number that the request carried in its address. */
  readonly records: ReadonlyMap<number, ServiceRecord>;
  /** Rejects when a thread dies outside any task; never resolves. */
  readonly failure: Promise<never>;
  /** Ends connections and threads, whatever still waits in the queue. */
  close(): Promise<void>;
}

/**
 * Starts a service on a free port of the loopback interface. `GET /plain/<n>` and `GET /blocking/<n>` first wait for
 * another service, then for one task on the pool, and answer 200; or 504 as soon as the deadline passes.
 *
 *     received      handed            started      ended
 *        │── think ───│── pool's queue ──│── work ────│─▶ 200
 *        └───────────── deadline ────────────────────────▶ 504: the task stays in the queue unless treated
 *
 * `as-is`: one pool. `offloaded`: the blocking path has a pool of its own, of the same size. `abort-queued`: the
 * deadline aborts the signal that the pool was given, but only while the task is queued, because aborting a running task
 * would end its worker. `skip-expired`: a worker that takes an expired task gives it back at once.
 */
export async function startHttpService(options: ServiceOptions): Promise<HttpService> {
  const { workers, treatment, thinkMs, blockMs, deadlineMs } = options;
  const originNs = process.hrtime.bigint();
  const now = startClock(originNs);
  const pool = new ServicePool(workers);
  const blockingPool = treatment === "offloaded" ? new ServicePool(workers) : pool;
  const records = new Map<number, ServiceRecord>();
  const server = fastify({ forceCloseConnections: true });

  const answerOf = async (request: number, blocking: boolean, deadline: AbortSignal): Promise<void> => {
    const receivedNs = now();
    const record = { receivedNs, handedNs: null, startedNs: null, endedNs: null };
    records.set(request, record);
    await delay(thinkMs);
    const handedNs = now();
    records.set(request, { ...record, handedNs });
    const message = {
      originNs,
      work: workCode(blocking ? "park" : "nothing"),
      argument: blocking ? blockMs : 0,
      expiresNs: treatment === "skip-expired" ? receivedNs + deadlineMs * 1e6 : null,
    };
    const chosen = blocking ? blockingPool : pool;
    const [startedNs, endedNs] = await chosen.run(message, treatment === "abort-queued" ? deadline : null);
    records.set(request, { receivedNs, handedNs, startedNs, endedNs });
  };

  server.get<{ Params: { path: string; request: string } }>("/:path/:request", async ({ params }, reply) => {
    const deadline = new AbortController();
    const expired = Promise.withResolvers<"expired">();
    const timer = setTimeout(() => {
      expired.resolve("expired");
      deadline.abort();
    }, deadlineMs);
    const answer = answerOf(Number(params.request), params.path === "blocking", deadline.signal);
    // What was answered 504 may still be refused by the pool, at its deadline or at the end.
    answer.catch(() => {});
    try {
      const first = await Promise.race([answer, expired.promise]);
      return reply.code(first === "expired" ? 504 : 200).send("");
    } finally {
      clearTimeout(timer);
    }
  });

  const pools = new Set([pool, blockingPool]);
  const close = async (): Promise<void> => {
    await server.close();
    await Promise.all(Array.from(pools, (each) => each.destroy()));
  };
  try {
    await Promise.all(Array.from(pools, (each) => each.warmUp(originNs)));
    await server.listen({ host: "127.0.0.1", port: 0 });
    const { port } = server.server.address() as AddressInfo;
    const failure = Promise.race(Array.from(pools, (each) => each.failure));
    failure.catch(() => {});
    return { port, records, failure, close };
  } catch (error) {
    await close();
    throw error;
  }
}
