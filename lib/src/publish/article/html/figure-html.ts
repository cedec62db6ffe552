import type { Container, FigurePart, Plot, TableCell } from "../ast.ts";
import { escapeHtml } from "./escape-html.ts";
import type { HtmlContext, HtmlHandlers } from "./html-context.ts";
import { cellHref } from "./notebook-html.ts";
import { pointTable } from "./point-table.ts";

/** HTML of figures, tables and listings, with their captions. */
export const figureHtml: HtmlHandlers<FigurePart> = {
  container: (node, context) => {
    const asked = node.class?.split(" ") ?? [];
    if (asked.includes("ledger")) return context.ledger();
    const captions = node.children.filter(({ type }) => type === "caption" || type === "legend");
    const content = context.write(
      node.children.filter(({ type }) => type !== "caption" && type !== "legend"),
    );
    const caption = `<figcaption>\n${context.write(captions)}${sourceHtml(node, context)}</figcaption>\n`;
    const classes = [node.kind, node.class ?? ""].filter((name) => name !== "").map(escapeHtml);
    const id = node.html_id === undefined ? "" : ` id="${escapeHtml(node.html_id)}"`;
    const parts = node.kind === "figure" ? content + caption : caption + content;
    return `<figure class="${classes.join(" ")}"${id}>\n${parts}</figure>\n`;
  },
  caption: (node, { write }) => write(node.children),
  legend: (node, { write }) => write(node.children),
  edition: (node, { write }) =>
    `<div class="edition">\n<p class="edition-name">${escapeHtml(node.name)}</p>\n${write(node.children)}</div>\n`,
  plot: (node) =>
    `<div class="plot-box" tabindex="0"><div class="plot" role="img" aria-label="${escapeHtml(node.alt)}" data-figure="${escapeHtml(plotFile(node))}" style="aspect-ratio:${node.width}/${node.height}">` +
    `${inlineSvg(node)}</div></div>\n${pointTable(node.json, node.id)}`,
  picture: (node) => node.html,
  table: (node, { write }) =>
    `<div class="table-box" tabindex="0"><table>\n${write(node.children)}</table></div>\n`,
  tableRow: (node, { write }) => {
    const scoped = node.children.every((cell) => cell.type === "tableCell" && cell.header === true)
      ? "col"
      : "row";
    return `<tr>${node.children.map((cell) => write([cell]).replace("<th", `<th scope="${scoped}"`)).join("")}</tr>\n`;
  },
  tableCell: (node, { write }) => {
    const tag = node.header ? "th" : "td";
    return `<${tag}${cellAttributes(node)}>${write(node.children)}</${tag}>`;
  },
};

/** Name of a plot's files, without ending. */
export function plotFile(plot: Plot): string {
  return plot.edition === 0 ? plot.id : `${plot.id}.edition-${plot.edition + 1}`;
}

function sourceHtml({ source }: Container, { exhibits }: HtmlContext): string {
  const exhibit = exhibits.get(source?.label ?? "");
  if (exhibit === undefined) return "";
  const { id, notebook, cell, html } = exhibit;
  const links = [
    `<a href="${escapeHtml(cellHref(exhibit))}">Notebook ${escapeHtml(notebook.replace(/\.ipynb$/, ""))}, cell ${escapeHtml(cell)}</a>`,
    ...(html === undefined
      ? [
          `<a href="figs/${escapeHtml(id)}.svg" download>SVG</a>`,
          `<a href="figs/${escapeHtml(id)}.csv" download>CSV</a>`,
        ]
      : []),
  ];
  return `<p class="source">${links.join(" · ")}</p>\n`;
}

/** Puts the still image into the page: its text uses the page's fonts, its ids stay its own, and the box around it has its name. */
function inlineSvg(plot: Plot): string {
  const own = `${plotFile(plot)}-`;
  return plot.svg
    .slice(plot.svg.indexOf("<svg"))
    .trimEnd()
    .replace(/(?<=\sid=")/g, own)
    .replace(/(?<=url\((?:&quot;|['"])?#)/g, own)
    .replace(/(?<=href="#)/g, own)
    .replace(
      /^<svg ([^>]*)>/,
      (_, attributes: string) =>
        `<svg aria-hidden="true" ${attributes.replace(/\b(width|height)="[^"]*" ?/g, "")}>`,
    );
}

function cellAttributes({ align, colspan, rowspan }: TableCell): string {
  return [
    align === undefined || align === "left" ? "" : ` class="${align}"`,
    colspan === undefined ? "" : ` colspan="${colspan}"`,
    rowspan === undefined ? "" : ` rowspan="${rowspan}"`,
  ].join("");
}
