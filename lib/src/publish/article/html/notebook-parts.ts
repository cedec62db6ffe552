import { type Container, childrenOf, type Node } from "../ast.ts";
import type { Article } from "../embed-evidence.ts";
import type { ShownNotebook } from "../shown-notebooks.ts";
import { escapeHtml } from "./escape-html.ts";
import type { HtmlContext } from "./html-context.ts";
import { notebookHtml, notebookPage } from "./notebook-html.ts";
import type { PageParts } from "./page-html.ts";
import { notebooksPage, type Page } from "./pages.ts";

/** What stands on the notebooks' pages, and on the one that lists them, which comes first. */
export function notebookParts(
  { body }: Article,
  notebooks: readonly ShownNotebook[],
  contextOf: (page: Page) => HtmlContext,
): PageParts[] {
  const places = new Map(body.flatMap(containersIn).map(({ source, html_id: id }) => [source?.label, id]));
  const parts = notebooks.map((notebook) => {
    const { file, title } = notebook;
    const page: Page = { file: notebookPage(file), title, nodes: [] };
    const context = contextOf(page);
    const text = notebookHtml(notebook, context, (exhibit) => {
      const id = places.get(exhibit);
      return id === undefined ? undefined : context.hrefOf(id);
    });
    return { page, description: `Executed notebook ${file}: ${title}`, lead: "", text, after: [] };
  });
  return parts.length === 0 ? [] : [listOf(parts), ...parts];
}

function listOf(parts: readonly PageParts[]): PageParts {
  const items = parts.map(({ page }) => `<li><a href="${page.file}">${escapeHtml(page.title)}</a></li>`);
  return {
    page: { file: notebooksPage, title: "Notebooks", nodes: [] },
    description: "The executed notebooks behind the article",
    lead: "<h1>Notebooks</h1>\n",
    text: `<p>Each figure, table and measured number comes out of a cell of these, executed from empty on the reference data.</p>\n<ol class="notebooks">\n${items.join("\n")}\n</ol>\n`,
    after: [],
  };
}

function containersIn(node: Node): Container[] {
  const below = childrenOf(node).flatMap(containersIn);
  return node.type === "container" ? [node, ...below] : below;
}
