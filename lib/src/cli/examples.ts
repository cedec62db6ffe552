import { isInstalled } from "../measure/project-root.ts";
import { textTable } from "./text-table.ts";

/** How a person types the command: where the package is installed, npm finds it. */
export const commandName: string = isInstalled ? "npx scheduling-safety" : "scheduling-safety";

/** What to type, and what it does; some need this repository's studies or reference data. */
type Example = readonly [line: string, effect: string, where?: "repository"];

/** Writes examples for the end of a command's help: those that work where the command runs. */
export function examples(...lines: readonly Example[]): string {
  const rows = lines
    .filter(([, , where]) => where === undefined || !isInstalled)
    .map(([line, effect]) => [`  $ ${commandName} ${line}`, effect]);
  return rows.length === 0 ? "" : `\nExamples:\n${textTable(rows).join("\n")}`;
}
