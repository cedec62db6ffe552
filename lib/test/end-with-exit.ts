/** Vitest ends a process with a signal, at which what is registered for its exit would not be done. */
if (process.listenerCount("SIGTERM") === 0) process.once("SIGTERM", () => process.exit());
