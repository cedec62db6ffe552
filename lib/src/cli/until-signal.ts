/** Exit codes of a program that a signal ended: 128 + its number. */
export const signalCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** Lets a first SIGINT or SIGTERM end the task in good order; the exit code then tells which it was. */
export async function untilSignal(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const onSignal = (name: keyof typeof signalCodes) => {
    process.exitCode = signalCodes[name];
    stop.abort();
  };
  const names = Object.keys(signalCodes) as (keyof typeof signalCodes)[];
  for (const name of names) process.once(name, onSignal);
  try {
    await task(stop.signal);
  } finally {
    for (const name of names) process.off(name, onSignal);
  }
}
