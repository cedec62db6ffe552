import { CommanderError } from "commander";
import { DataError, UsageError } from "../measure/study-error.ts";

/** Decides how the program ends after an error: 2 for a mistake in what was asked, 1 for anything else. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof UsageError ? 2 : 1;
}

/** Writes an error for a person; null when it has been shown already. A stack is shown for our own bugs only. */
export function describeError(error: unknown): string | null {
  if (error instanceof CommanderError) return null;
  if (error instanceof UsageError || error instanceof DataError) return `error: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
