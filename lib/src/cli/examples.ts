import { isInstalled } from "../measure/project-root.ts";
import { textTable } from "./text-table.ts";

/** How a person types the command: where the package is installed, npm finds it. */
export const commandName: string = isInstalled ? "npx scheduling-safety" : "scheduling-safety";

/** What to type, and what it does; some need this repository's studies or reference data. */
type Example = readonly [line: string, effect: string, where?: "repository"];

/** Columns to write for where the terminal does not tell its own. */
const usualColumns = 80;

/**
 * Writes examples for the end of a command's help, those that work where the command runs: what to type, and what it does,
 * beside it or, where that is too wide, below.
 */
export function examples(...lines: readonly Example[]): string {
  const typed = lines
    .filter(([, , where]) => where === undefined || !isInstalled)
    .map(([line, effect]) => [`  $ ${commandName} ${line}`, effect] as const);
  if (typed.length === 0) return "";
  const beside = textTable(typed);
  const widest = Math.max(...beside.map(({ length }) => length));
  const below = typed.flatMap(([line, effect]) => [line, `      ${effect}`]);
  const shown = widest <= (process.stdout.columns ?? usualColumns) ? beside : below;
  return `\nExamples:\n${shown.join("\n")}`;
}
