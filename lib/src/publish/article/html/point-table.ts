import { rangeText } from "../../../summary/range-text.ts";
import { axisNames, type FigureRow, figureRows } from "../figure-rows.ts";
import { escapeHtml } from "./escape-html.ts";

/**
 * Folds the points of a figure into a table, for who reads numbers or cannot see the plot; empty if it has none.
 *
 * @param figure its file or its id, for errors
 */
export function pointTable(json: string, figure: string): string {
  const rows = figureRows(json, figure);
  if (rows.length === 0) return "";
  const panels = new Set(rows.map(({ panel }) => panel)).size > 1;
  const { x, y } = axisNames(json, figure);
  const names = ["Series", ...(panels ? ["Panel"] : []), x, y, "Interval"];
  const lines = rows.map((row) => {
    const cells = [...(panels ? [String(row.panel)] : []), short(row.x), short(row.y), interval(row)];
    return `<tr><th scope="row">${escapeHtml(row.series)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
  });
  return (
    `<details class="point-table"><summary>Table</summary>\n<div class="table-box" tabindex="0"><table>\n` +
    `<tr>${names.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("")}</tr>\n${lines.join("\n")}\n</table></div></details>\n`
  );
}

/** Spells an interval, which few runs, or a logarithmic axis, may leave without an end. */
function interval({ low, high }: FigureRow): string {
  return rangeText(low === null ? null : short(low), high === null ? null : short(high)) ?? "";
}

function short(value: number | string | null): string {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : (value ?? "");
}
