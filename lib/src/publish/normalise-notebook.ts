import { mime } from "./mime.ts";
import { type Cell, type CellOutput, joinLines, type Lines, type Notebook, splitLines } from "./notebook.ts";

const TEXT_MIME = /^text\/|^image\/svg\+xml$/;

/** Empties a notebook: no outputs, no counts, an id for every cell. */
export function emptyNotebook(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell, index) => ({
    ...plainCell(cell, index),
    ...(cell.cell_type === "code" ? { outputs: [], execution_count: null } : {}),
  }));
  return { cells, metadata: KERNEL, nbformat: 4, nbformat_minor: 5 };
}

/**
 * Leaves of an executed notebook what the code and the data determine: counts from 1, no timings, no marks,
 * streams joined, text in lines.
 */
export function normaliseNotebook(notebook: Notebook): Notebook {
  let count = 0;
  const cells = notebook.cells.map((cell, index): Cell => {
    if (cell.cell_type !== "code") return plainCell(cell, index);
    const ran = joinLines(cell.source).trim() !== "";
    if (ran) count += 1;
    const outputs = joinStreams(cell.outputs ?? [])
      .filter((output) => !isMark(output))
      .map(plainOutput);
    return { ...plainCell(cell, index), outputs, execution_count: ran ? count : null };
  });
  return { cells, metadata: KERNEL, nbformat: 4, nbformat_minor: 5 };
}

/** Tells whether an output is the kernel's mark of a cell's end. */
export function isMark(output: CellOutput): boolean {
  return output.data?.[mime.endOfCell] !== undefined;
}

const KERNEL: Notebook["metadata"] = {
  kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
  language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
};

function plainCell({ cell_type, id, metadata, source }: Cell, index: number): Cell {
  const { tags } = metadata;
  return {
    cell_type,
    id: id ?? `cell-${index + 1}`,
    metadata: tags === undefined ? {} : { tags },
    source: splitLines(joinLines(source)),
  };
}

function joinStreams(outputs: readonly CellOutput[]): CellOutput[] {
  const joined: CellOutput[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      joined[joined.length - 1] = {
        ...last,
        text: joinLines(last.text ?? "") + joinLines(output.text ?? ""),
      };
    } else joined.push(output);
  }
  return joined;
}

function plainOutput(output: CellOutput): CellOutput {
  const { output_type, name, text, data, metadata } = output;
  if (output_type === "stream")
    return { output_type, ...(name && { name }), text: splitLines(joinLines(text ?? "")) };
  const spelled = Object.entries(data ?? {}).map(([type, value]) => [
    type,
    TEXT_MIME.test(type) ? splitLines(joinLines(value as Lines)) : value,
  ]);
  return { output_type, data: Object.fromEntries(spelled), metadata: metadata ?? {} };
}
