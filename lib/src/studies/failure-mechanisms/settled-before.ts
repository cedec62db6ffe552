/**
 * Waits for work until a signal aborts; the work itself goes on, as work that cannot be taken back does.
 *
 * @throws the signal's reason when it aborts first.
 */
export async function settledBefore<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
