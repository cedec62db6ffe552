import cliProgress from "cli-progress";
import { canMoveCursor } from "../measure/can-move-cursor.ts";

/** Tells a person how far a run of notebooks has come. */
export interface NotebookProgress {
  cell(notebook: string): void;
  ended(notebook: string, stopped: boolean): void;
  stop(): void;
}

/** A bar over all code cells where there is a terminal, else one line as each notebook ends. */
export function notebookProgress(
  notebooks: number,
  cells: number,
  stream: NodeJS.WriteStream,
): NotebookProgress {
  return canMoveCursor(stream) ? bar(notebooks, cells, stream) : lines(notebooks, stream);
}

function bar(notebooks: number, cells: number, stream: NodeJS.WriteStream): NotebookProgress {
  const format = "notebooks {bar} {value}/{total} cells  {ended}/{notebooks} done  {notebook}";
  const shown = new cliProgress.SingleBar(
    { format, stream, hideCursor: true },
    cliProgress.Presets.shades_classic,
  );
  let ended = 0;
  shown.start(cells, 0, { ended, notebooks, notebook: "" });
  return {
    cell: (notebook) => shown.increment(1, { notebook }),
    ended: (notebook) => {
      ended += 1;
      shown.update({ ended, notebook });
    },
    stop: () => shown.stop(),
  };
}

function lines(notebooks: number, stream: NodeJS.WriteStream): NotebookProgress {
  let count = 0;
  return {
    cell: () => {},
    ended: (notebook, stopped) => {
      count += 1;
      stream.write(`notebook ${count}/${notebooks}: ${notebook} ${stopped ? "stopped" : "executed"}\n`);
    },
    stop: () => {},
  };
}
