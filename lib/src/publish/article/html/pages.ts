import { childrenOf, type Node, type NodeOf } from "../ast.ts";
import { plainText } from "../plain-text.ts";

/** The page that a reader opens first. */
export const frontPage = "index.html";

/** The page that lists the notebooks. */
export const notebooksPage = "notebooks.html";

/** One page of the site, cut from the text. */
export interface Page {
  /** File name, which stays the same as long as its study does. */
  readonly file: string;
  /** Its first heading with its number; the front page has the article's title instead. */
  readonly title: string;
  readonly nodes: readonly Node[];
}

/** A heading as contents list it. */
export interface Entry {
  readonly id: string;
  readonly title: string;
  readonly depth: number;
}

/** Cuts the text into pages: each file of `sections/` is one, everything else is the front page, which comes first. */
export function cutPages(body: readonly Node[], frontTitle: string): readonly Page[] {
  const nodes = body.flatMap((node) => (node.type === "block" ? childrenOf(node) : [node]));
  const byFile = Map.groupBy(nodes, fileOf);
  const front = { file: frontPage, title: frontTitle, nodes: byFile.get(frontPage) ?? [] };
  byFile.delete(frontPage);
  const others = [...byFile].map(([file, part]) => ({
    file,
    title: entriesOf(part)[0]?.title ?? file,
    nodes: part,
  }));
  return [front, ...others];
}

/** Lists the headings among some nodes, in order. */
export function entriesOf(nodes: readonly Node[]): Entry[] {
  return nodes.flatMap(headingsIn).map((heading) => ({
    id: heading.html_id ?? "",
    title: `${heading.enumerator ?? ""} ${plainText(heading.children)}`.trim(),
    depth: heading.depth,
  }));
}

/** Names the page on which each target stands, by its id. */
export function pagesOfTargets(pages: readonly Page[]): ReadonlyMap<string, string> {
  return new Map(
    pages.flatMap(({ file, nodes }) => nodes.flatMap(targetsIn).map((id): [string, string] => [id, file])),
  );
}

function fileOf({ file = "" }: Node): string {
  const [, name] = /^sections\/([\w-]+)\.md$/.exec(file) ?? [];
  return name === undefined ? frontPage : `${name}.html`;
}

function headingsIn(node: Node): NodeOf<"heading">[] {
  return node.type === "heading" ? [node] : childrenOf(node).flatMap(headingsIn);
}

function targetsIn(node: Node): string[] {
  const below = childrenOf(node).flatMap(targetsIn);
  if (node.type === "crossReference" || node.type === "captionNumber") return below;
  const id = "html_id" in node ? node.html_id : undefined;
  return id === undefined ? below : [id, ...below];
}
