/** What the closed forms need to know of the request-timeouts experiment; times in ms. */
export interface ClosedRequests {
  readonly workers: number;
  readonly blockingShare: number;
  readonly blockMs: number;
  readonly sleeps: number;
  readonly sleepMs: number;
  readonly timeoutMs: number;
}

/**
 * Returns the number of closed-loop clients at which the workers become the bottleneck, N* = W (D + Z) / D.
 *
 * A request demands D = p·B of a worker (share p blocks for B) and otherwise sleeps, Z = m·s. N clients that never wait
 * complete N / (D + Z) requests a ms; W workers complete at most W / D. The two lines meet at N*: beyond it requests
 * must wait, whatever the discipline. It says nothing yet about deadlines.
 *
 * @see https://doi.org/10.1145/356733.356735 Denning & Buzen (1978), the operational analysis of queueing networks
 */
export function kneeClients(requests: ClosedRequests): number {
  const { demandMs, thinkMs } = timesOf(requests);
  return (requests.workers * (demandMs + thinkMs)) / demandMs;
}

/**
 * Returns the number of closed-loop clients at which the average request takes its whole time-out T on one shared
 * queue: about where half of them fail.
 *
 * Beyond N* a request takes N·D / W in all (Little's law with the workers always busy). It waits in the queue m + p
 * times, once a sleep and, if it blocks, once before, on average w each: N·D / W = D + Z + (m + p)·w. Its timed part is
 * m·(s + w), which reaches T at w = T / m − s. Put together
 *
 *     N = W / D · (D + Z + (m + p)·(T / m − s))
 */
export function collapseClients(requests: ClosedRequests): number {
  const { workers, sleeps, sleepMs, blockingShare, timeoutMs } = requests;
  const { demandMs, thinkMs } = timesOf(requests);
  const waitMs = timeoutMs / sleeps - sleepMs;
  return (workers / demandMs) * (demandMs + thinkMs + (sleeps + blockingShare) * waitMs);
}

/** @throws RangeError if nobody blocks: then there is no such number */
function timesOf({ blockingShare, blockMs, sleeps, sleepMs }: ClosedRequests) {
  const demandMs = blockingShare * blockMs;
  if (!(demandMs > 0)) throw new RangeError(`blocking must take some of a worker's time; got ${demandMs} ms`);
  return { demandMs, thinkMs: sleeps * sleepMs };
}
