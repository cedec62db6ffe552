import { mean, sum } from "simple-statistics";
import { type Container, childrenOf, type FigurePart, type Node, type NodeOf } from "../ast.ts";
import { plainText } from "../plain-text.ts";
import { escapeTypst, typstString } from "./escape-typst.ts";
import type { TypstHandlers } from "./typst-context.ts";

/** Typst of figures, tables and listings, with their captions. */
export const figureTypst: TypstHandlers<FigurePart> = {
  container: (node, { write, appendix, beyondPage }) => {
    const captions = node.children.filter(({ type }) => type === "caption" || type === "legend");
    const content = write(node.children.filter(({ type }) => type !== "caption" && type !== "legend")).trim();
    const number = node.enumerator ?? "";
    const tables = tablesIn(node);
    const mayBeTorn = tables.length > 0 || node.children.some(({ type }) => type === "edition");
    const isLong =
      sum(tables.map(({ children }) => children.length)) > mostRows ||
      (mayBeTorn && beyondPage.has(`${node.kind} ${number}`));
    const options = [
      `kind: ${typstString(node.kind)}`,
      `number: ${typstString(number)}`,
      `wide: ${isWide(node)}`,
      `long: ${isLong}`,
      `caption: [${write(captions).trim()}]`,
    ];
    const label = node.html_id === undefined ? "" : `#label(${typstString(node.html_id)})`;
    const exhibit = `#exhibit(${options.join(", ")})[${content}]${label}\n\n`;
    if (!isLong) return exhibit;
    appendix.push(exhibit);
    return "";
  },
  caption: (node, { write }) => write(node.children),
  legend: (node, { write }) => write(node.children),
  edition: (node, { write }) => `#edition[${escapeTypst(node.name)}][${write(node.children).trim()}]\n`,
  plot: (node, { images }) => {
    const path = `figures/${node.edition}/${node.id}.svg`;
    images.set(path, node.svg);
    return `#image(${typstString(path)}, width: 100%, alt: ${typstString(node.alt)})\n`;
  },
  picture: (node, { images }) => {
    const path = `drawings/${node.name}.svg`;
    images.set(path, node.svg);
    return `#image(${typstString(path)}, width: 100%, alt: ${typstString(node.alt)})\n`;
  },
  table: (node, { write }) => {
    const rows = node.children.filter((child) => child.type === "tableRow");
    const head = rows.filter(isHeader);
    const body = rows.filter((row) => !isHeader(row));
    const columns = rows.length > mostRows ? sharesOf(rows) : Math.max(...rows.map(widthOf));
    const header = head.length === 0 ? "" : `table.header(${write(head)}), table.hline(stroke: 0.4pt), `;
    return `#table(columns: ${columns}, ${header}${write(body)})\n`;
  },
  tableRow: (node, { write }) => write(node.children),
  tableCell: (node, { write }) => {
    const options = [
      `align: ${node.align ?? "left"}`,
      ...(node.colspan === undefined ? [] : [`colspan: ${node.colspan}`]),
      ...(node.rowspan === undefined ? [] : [`rowspan: ${node.rowspan}`]),
    ];
    return `table.cell(${options.join(", ")})[${write(node.children).trim()}], `;
  },
};

/** Plots keep their legible size and so span both columns, as do tables that ask for it. */
function isWide(container: Container): boolean {
  const isPlot = (node: Node): boolean =>
    node.type === "plot" ||
    (node.type === "picture" && node.wide) ||
    ("children" in node && node.children.some(isPlot));
  return container.class?.split(" ").includes("wide") === true || isPlot(container);
}

/** More rows than these may not fit on a page. */
const mostRows = 36;

/** Lists the tables of an exhibit: one of each edition. */
function tablesIn(node: Node): NodeOf<"table">[] {
  return node.type === "table" ? [node] : childrenOf(node).flatMap(tablesIn);
}

/** Shares the width among the columns by the roots of the lengths of their texts, so that short ones stay whole. */
function sharesOf(rows: readonly Node[]): string {
  const lengths = rows.map((row) => childrenOf(row).map((cell) => plainText([cell]).length));
  const shares = (lengths[0] ?? []).map((head, i) =>
    Math.sqrt(Math.max(head, mean(lengths.map((row) => row[i] ?? 0)))),
  );
  return `(${shares.map((share) => `${share.toFixed(1)}fr`).join(", ")})`;
}

function isHeader(row: NodeOf<"tableRow">): boolean {
  return row.children.every((cell) => cell.type === "tableCell" && cell.header === true);
}

function widthOf(row: NodeOf<"tableRow">): number {
  return row.children.reduce((sum, cell) => sum + ((cell.type === "tableCell" && cell.colspan) || 1), 0);
}
