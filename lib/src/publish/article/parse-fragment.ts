import { DataError } from "../../measure/study-error.ts";
import { childrenOf, type Node, type Table, type TableCell } from "./ast.ts";
import { linkTarget } from "./link-target.ts";

const TOKEN = /<!--[\s\S]*?-->|<\/?([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>|[^<]+/g;
const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" }),
);
/** Elements that only group others; their children stand for them. */
const GROUPS = new Set(["div", "span", "thead", "tbody", "tfoot", "style"]);

/** Nothing that a notebook prints is nested as deep, and every writer descends by a call. */
const DEEPEST = 100;

interface Open {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Node[];
}

/**
 * Reads the small, well-formed HTML that notebooks print as tables and the bibliography prints as references
 * into document nodes, so that every writer can print it.
 *
 * @throws DataError if an element is unknown, not closed or spans more than its table; `origin` names the place
 */
export function parseFragment(html: string, origin: string): readonly Node[] {
  const root: Open = { tag: "", attributes: new Map(), children: [] };
  const stack = [root];
  let end = 0;
  for (const token of html.matchAll(TOKEN)) {
    const [text, tag, attributes] = token;
    if (token.index > end) throw unreadable(html.slice(end), origin);
    end += text.length;
    const top = stack.at(-1) ?? root;
    if (tag === undefined) {
      if (!text.startsWith("<")) top.children.push(...textNodes(text, top));
    } else if (text.startsWith("</")) {
      if (stack.length === 1 || top.tag !== tag.toLowerCase()) {
        throw new DataError(`${origin}: HTML must be well-formed; got ${text} inside <${top.tag}>`);
      }
      stack.pop();
      stack.at(-1)?.children.push(...close(top, origin));
    } else {
      const open: Open = {
        tag: tag.toLowerCase(),
        attributes: parseAttributes(attributes ?? ""),
        children: [],
      };
      if (open.tag === "br") top.children.push({ type: "break" });
      else stack.push(open);
      if (stack.length > DEEPEST)
        throw new DataError(`${origin}: HTML must nest at most ${DEEPEST} elements; got more`);
    }
  }
  if (end < html.length) throw unreadable(html.slice(end), origin);
  if (stack.length > 1)
    throw new DataError(`${origin}: HTML must be well-formed; <${stack.at(-1)?.tag}> stays open`);
  return root.children;
}

function unreadable(rest: string, origin: string): DataError {
  return new DataError(`${origin}: HTML must be well-formed; got ${JSON.stringify(rest.slice(0, 40))}`);
}

function textNodes(text: string, parent: Open): Node[] {
  const layout = ["table", "thead", "tbody", "tfoot", "tr"].includes(parent.tag);
  if (parent.tag === "style" || (layout && text.trim() === "")) return [];
  const value = text
    .replace(/\s+/g, " ")
    .replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => decodeEntity(name) ?? whole);
  return [{ type: "text", value }];
}

function decodeEntity(name: string): string | undefined {
  if (!name.startsWith("#")) return ENTITIES.get(name);
  const hex = name[1]?.toLowerCase() === "x";
  const point = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point).toWellFormed() : undefined;
}

function parseAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/([\w-]+)(?:="([^"]*)")?/g))
    attributes.set(name ?? "", value ?? "");
  return attributes;
}

function close({ tag, attributes, children }: Open, origin: string): Node[] {
  if (GROUPS.has(tag)) return children;
  switch (tag) {
    case "table":
      return [spannedWithin({ type: "table", children }, origin)];
    case "tr":
      return [{ type: "tableRow", children }];
    case "th":
    case "td":
      return [tableCell(tag === "th", attributes, children, origin)];
    case "caption":
      return []; // the article writes its own
    case "i":
    case "em":
      return [{ type: "emphasis", children }];
    case "b":
    case "strong":
      return [{ type: "strong", children }];
    case "sup":
      return [{ type: "superscript", children }];
    case "sub":
      return [{ type: "subscript", children }];
    case "code":
      return [
        {
          type: "inlineCode",
          value: children.map((child) => ("value" in child ? child.value : "")).join(""),
        },
      ];
    case "a":
      return [{ type: "link", url: linkTarget(attributes.get("href") ?? "", origin), children }];
    default:
      throw new DataError(`${origin}: HTML element must be a table or plain text mark-up; got <${tag}>`);
  }
}

function tableCell(
  header: boolean,
  attributes: ReadonlyMap<string, string>,
  children: readonly Node[],
  origin: string,
): TableCell {
  const align =
    /text-align:\s*(left|center|right)/.exec(attributes.get("style") ?? "")?.[1] ?? attributes.get("align");
  const colspan = spanOf("colspan", attributes, origin);
  const rowspan = spanOf("rowspan", attributes, origin);
  return {
    type: "tableCell",
    children,
    ...(header && { header }),
    ...((align === "left" || align === "center" || align === "right") && { align }),
    ...(colspan > 1 && { colspan }),
    ...(rowspan > 1 && { rowspan }),
  };
}

function spanOf(name: string, attributes: ReadonlyMap<string, string>, origin: string): number {
  const text = attributes.get(name) ?? "1";
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new DataError(
    `${origin}: ${name} of a table cell must be a whole number from 1 to 999; got ${JSON.stringify(text)}`,
  );
}

/** Returns a table whose cells span no more rows, nor columns, than there are. */
function spannedWithin(table: Table, origin: string): Table {
  const rows = table.children.map(childrenOf);
  const most = {
    colspan: rows.reduce((widest, row) => Math.max(widest, row.length), 1),
    rowspan: rows.length,
  };
  for (const cell of rows.flat()) {
    for (const name of ["colspan", "rowspan"] as const) {
      const span = (cell.type === "tableCell" && cell[name]) || 1;
      if (span > most[name]) {
        throw new DataError(
          `${origin}: ${name} of a table cell must be at most ${most[name]}, as the table has no more; got ${span}`,
        );
      }
    }
  }
  return table;
}
