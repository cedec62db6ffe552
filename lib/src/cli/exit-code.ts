import { CommanderError } from "commander";
import { DataError, NoEvidenceError, UsageError } from "../measure/study-error.ts";
import { printable } from "./printable.ts";
import { describeSystemFault } from "./system-fault.ts";

/** What each exit code means, as `--help` and the README tell it: why the program ended. */
export const exitCodes: readonly (readonly [code: string, meaning: string])[] = [
  ["0", "it is done"],
  ["1", "something is wrong with data, disk or system, or a check failed"],
  ["2", "something is wrong with what was asked: option, name, level, folder"],
  [
    "3",
    "there is nothing to judge: no run is valid, as on a host that was too busy, or no table is admitted",
  ],
  ["129", "its terminal was closed; the same command goes on"],
  ["130, 143", "Ctrl-C or SIGTERM stopped it; the same command goes on"],
];

/** Decides how the program ends after an error; see {@link exitCodes}. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof NoEvidenceError) return 3;
  return error instanceof UsageError ? 2 : 1;
}

/** Writes an error for a person; null when it has been shown already. A stack is shown for our own bugs only. */
export function describeError(error: unknown): string | null {
  return error instanceof CommanderError ? null : printable(textOf(error));
}

function textOf(error: unknown): string {
  if ([UsageError, DataError, NoEvidenceError].some((kind) => error instanceof kind)) {
    return `error: ${(error as Error).message}`;
  }
  const fault = describeSystemFault(error);
  if (fault !== null) return `error: ${fault}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
