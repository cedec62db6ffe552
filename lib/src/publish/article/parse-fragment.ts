import { DataError } from "../../measure/study-error.ts";
import type { Node, TableCell } from "./ast.ts";
import { linkTarget } from "./link-target.ts";

const TOKEN = /<!--[\s\S]*?-->|<\/?([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>|[^<]+/g;
const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" }),
);
/** Elements that only group others; their children stand for them. */
const GROUPS = new Set(["div", "span", "thead", "tbody", "tfoot", "style"]);

interface Open {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Node[];
}

/**
 * Reads the small, well-formed HTML that notebooks print as tables and the bibliography prints as references
 * into document nodes, so that every writer can print it.
 *
 * @throws DataError if an element is unknown or not closed; `origin` names the place
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
      return [{ type: "table", children }];
    case "tr":
      return [{ type: "tableRow", children }];
    case "th":
    case "td":
      return [tableCell(tag === "th", attributes, children)];
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
): TableCell {
  const align =
    /text-align:\s*(left|center|right)/.exec(attributes.get("style") ?? "")?.[1] ?? attributes.get("align");
  const colspan = Number(attributes.get("colspan") ?? 1);
  const rowspan = Number(attributes.get("rowspan") ?? 1);
  return {
    type: "tableCell",
    children,
    ...(header && { header }),
    ...((align === "left" || align === "center" || align === "right") && { align }),
    ...(colspan > 1 && { colspan }),
    ...(rowspan > 1 && { rowspan }),
  };
}
