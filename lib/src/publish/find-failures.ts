import * as v from "valibot";
import { nothingToLoad } from "../tables/load.ts";
import { mime } from "./mime.ts";
import { isMark } from "./normalise-notebook.ts";
import { type Cell, type CellOutput, joinLines, type Notebook } from "./notebook.ts";

/** How the execution of a notebook ended, as the executor saw it. */
export type Ending =
  | { readonly kind: "completed" }
  | {
      readonly kind: "threw" | "hung" | "died" | "broke";
      /** Index among all cells; null if no cell had started. */
      readonly cell: number | null;
      readonly message: string;
    };

/** What went wrong in one cell, in one line and its details. */
export interface CellFailure {
  readonly cell: number | null;
  readonly problem: string;
  /** Which measurements the cell asked for, if they do not exist and that is why it failed. */
  readonly notMeasured?: string | undefined;
}

/** Finds every cell of an executed notebook that failed, in order; a cell that left any output on stderr has. */
export function findFailures(notebook: Notebook, ending: Ending, cellSeconds: number): CellFailure[] {
  const failures: CellFailure[] = [];
  const stopped = ending.kind === "completed" ? null : ending;
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code" || joinLines(cell.source).trim() === "") continue;
    if (stopped !== null && (stopped.cell ?? index) === index) break;
    const problem = cellProblem(cell);
    if (problem !== null) failures.push({ cell: index, problem });
  }
  if (stopped !== null) {
    const cell = stopped.cell === null ? undefined : notebook.cells[stopped.cell];
    const problem = endingProblem(stopped, cell, cellSeconds);
    const notMeasured = problem.split("\n").find((line) => line.startsWith(`DataError: ${nothingToLoad}`));
    failures.push({ cell: stopped.cell, problem, notMeasured });
  }
  return failures;
}

const endOfCell = v.object({ characters: v.number(), displays: v.number() });

function cellProblem(cell: Cell): string | null {
  const outputs = cell.outputs ?? [];
  const stderr = stderrOf(outputs);
  if (stderr.startsWith("UnhandledPromiseRejection:"))
    return `left a rejected promise unhandled: ${stderr.slice(26).trim()}`;
  if (stderr !== "") return `printed to stderr: ${stderr}`;
  const found = outputs.find(isMark)?.data?.[mime.endOfCell];
  const mark = v.is(endOfCell, found) ? found : null;
  if (mark === null) return "lost output: the mark of its end did not arrive; print less, or all at once";
  const characters = outputs.reduce((sum, output) => sum + joinLines(output.text ?? "").length, 0);
  const displays = outputs.filter(
    (output) => output.output_type === "display_data" && !isMark(output),
  ).length;
  if (characters !== mark.characters || displays !== mark.displays) {
    const sent = `${mark.displays} displays and ${mark.characters} characters`;
    return `lost output: it sent ${sent}, ${displays} and ${characters} arrived; print less, or all at once`;
  }
  return null;
}

function endingProblem(
  ending: Exclude<Ending, { kind: "completed" }>,
  cell: Cell | undefined,
  seconds: number,
): string {
  const details = stderrOf(cell?.outputs ?? []) || ending.message;
  switch (ending.kind) {
    case "threw":
      return `threw: ${details}`;
    case "hung":
      return `did not end within ${seconds} s`;
    case "died":
      return `ended its kernel${details && `: ${details}`}`;
    case "broke":
      return `could not be executed: ${details}`;
  }
}

/** What went to stderr, without the stack frames of the kernel and of Node below the cell's own. */
function stderrOf(outputs: readonly CellOutput[]): string {
  const stderr = outputs
    .filter((output) => output.name === "stderr")
    .map((output) => joinLines(output.text ?? ""));
  const lines = stderr.join("").split("\n");
  return lines
    .filter((line) => !KERNEL_FRAME.test(line))
    .join("\n")
    .trim();
}

const KERNEL_FRAME = /^\s+at .*(\(node:|tslab\/dist\/|publish\/kernel\.js|sigintHandlersWrap|\(internal\/)/;
