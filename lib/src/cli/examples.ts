import { textTable } from "./text-table.ts";

/** Writes examples for the end of a command's help: what to type, and what it does. */
export function examples(...lines: readonly (readonly [line: string, effect: string])[]): string {
  const rows = lines.map(([line, effect]) => [`  $ scheduling-safety ${line}`, effect]);
  return `\nExamples:\n${textTable(rows).join("\n")}`;
}
