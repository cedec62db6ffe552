import { InstrumentError } from "../../measure/study-error.ts";

/** What the load's own process or host has run out of. */
const exhausted = new Set(["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "EAGAIN", "EADDRNOTAVAIL"]);

/** Tells whether an error is the load's own rather than an answer of the service, which always accepts connections. */
export function isOwnFault({ code, syscall }: NodeJS.ErrnoException): boolean {
  return syscall === "connect" || exhausted.has(code ?? "");
}

/** Makes it the reason of a run: requests that were never sent are no failed requests. */
export function ownFault(cause: NodeJS.ErrnoException): InstrumentError {
  const { code = cause.message } = cause;
  return new InstrumentError(`load generator, ${code}`, { cause });
}
