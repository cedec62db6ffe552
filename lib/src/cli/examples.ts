import { textTable } from "./text-table.ts";

/** Columns to write for where the terminal does not tell its own. */
const usualColumns = 80;

/** Writes examples for the end of a command's help: what to type, and what it does, beside it or, where that is too wide, below. */
export function examples(...lines: readonly (readonly [line: string, effect: string])[]): string {
  const typed = lines.map(([line, effect]) => [`  $ scheduling-safety ${line}`, effect] as const);
  const beside = textTable(typed);
  const widest = Math.max(...beside.map(({ length }) => length));
  const below = typed.flatMap(([line, effect]) => [line, `      ${effect}`]);
  const shown = widest <= (process.stdout.columns ?? usualColumns) ? beside : below;
  return `\nExamples:\n${shown.join("\n")}`;
}
