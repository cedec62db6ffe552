import MarkdownIt from "markdown-it";
import { DataError } from "../../../measure/study-error.ts";
import type { CellPlace } from "../../collect-values.ts";
import type { HandedValue } from "../../hand-on.ts";
import { linkTarget } from "../link-target.ts";
import type { ShownCell, ShownNotebook, ShownOutput } from "../shown-notebooks.ts";
import { escapeHtml } from "./escape-html.ts";
import { formulaHtml } from "./formula-html.ts";
import { highlightCode } from "./highlight-code.ts";
import type { HtmlContext } from "./html-context.ts";
import { notebooksPage } from "./pages.ts";

/** File name of a notebook's page. */
export function notebookPage(notebook: string): string {
  return `notebook-${notebook.replace(/\.ipynb$/, "")}.html`;
}

/** Address of a cell, on its notebook's page. */
export function cellHref({ notebook, cell }: CellPlace): string {
  return `${notebookPage(notebook)}#cell-${encodeURIComponent(cell)}`;
}

/**
 * Writes an executed notebook: text, code and what it printed.
 *
 * @param placeOf address in the article of a figure or table, by its id; none where the article does without it
 * @throws DataError if its text links to what is no page, or has an image
 */
export function notebookHtml(
  { file, cells }: ShownNotebook,
  context: HtmlContext,
  placeOf: (exhibit: string) => string | undefined,
): string {
  const about = `<p class="notebook-name">Notebook <code>${escapeHtml(file)}</code>, as it was executed on the reference data. <code>make lab</code> opens it, to change and to run.</p>\n`;
  const parts = cells.map((cell) => cellHtml(cell, `${file}, ${cell.id}`, context, placeOf));
  const [first = "", ...rest] = parts;
  return `<div class="notebook">\n${first}${about}${rest.join("")}</div>\n`;
}

function cellHtml(
  cell: ShownCell,
  origin: string,
  context: HtmlContext,
  placeOf: (exhibit: string) => string | undefined,
): string {
  const id = ` id="cell-${escapeHtml(cell.id)}"`;
  if (cell.kind === "text")
    return `<section class="cell"${id}>\n${textHtml(cell.markdown, origin)}</section>\n`;
  const label = `<a class="cell-name" href="#cell-${escapeHtml(cell.id)}">${escapeHtml(cell.id)}</a>\n`;
  const code = `<pre tabindex="0"><code>${highlightCode(cell.code, "typescript")}</code></pre>\n`;
  const place = placeOf(cell.id);
  const outputs = cell.outputs.map((output) => outputHtml(output, context, placeOf)).join("");
  return `<section class="cell code"${id}>\n${label}${code}${outputs}${outputs === "" ? "" : quotedHtml(place)}</section>\n`;
}

function outputHtml(
  output: ShownOutput,
  { write }: HtmlContext,
  placeOf: (exhibit: string) => string | undefined,
): string {
  switch (output.kind) {
    case "nodes":
      return write(output.nodes);
    case "figure":
      return `<figure class="figure">\n${write([output.plot])}</figure>\n${quotedHtml(placeOf(output.plot.id))}`;
    case "values":
      return valuesHtml(output.values);
    case "line":
      return `<pre class="line" tabindex="0">${escapeHtml(output.text)}</pre>\n`;
  }
}

function quotedHtml(place: string | undefined): string {
  return place === undefined
    ? ""
    : `<p class="source"><a href="${escapeHtml(place)}">In the article</a></p>\n`;
}

function valuesHtml(values: Readonly<Record<string, HandedValue>>): string {
  const entries = Object.entries(values);
  const rows = entries.map(
    ([name, value]) =>
      `<tr><th scope="row"><code>${escapeHtml(name)}</code></th><td>${escapeHtml(String(value ?? "–"))}</td></tr>`,
  );
  return (
    `<details class="point-table"><summary>${entries.length} values for the article</summary>\n<div class="table-box" tabindex="0"><table>\n` +
    `<tr><th scope="col">Name</th><th scope="col">Value</th></tr>\n${rows.join("\n")}\n</table></div></details>\n`
  );
}

function textHtml(text: string, origin: string): string {
  const tokens = markdown.parse(withinBuild(text), {});
  for (const token of tokens.flatMap(({ children }) => children ?? [])) {
    if (token.type === "link_open") linkTarget(String(token.attrGet("href")), origin);
    if (token.type === "image")
      throw new DataError(`${origin}: image must be a figure that a cell draws; got ${token.attrGet("src")}`);
  }
  return markdown.renderer.render(tokens, markdown.options, {});
}

/** Turns links between the files of a clone into links between the pages that are made of them. */
function withinBuild(text: string): string {
  return text
    .replace(/\]\(\.\.\/article\/build\/([\w-]+\.html)\)/g, "]($1)")
    .replace(/\]\(00-start-here\.ipynb\)/g, `](${notebooksPage})`)
    .replace(/\]\(([\w-]+\.ipynb)\)/g, (_, file: string) => `](${notebookPage(file)})`);
}

/** Text of a cell as Jupyter sets it: HTML stays text, formulas stand between dollar signs. */
const markdown = new MarkdownIt();
// Where a link may lead is decided by `textHtml`: the library would leave one that it refuses as text, without a word.
markdown.validateLink = () => true;
markdown.inline.ruler.after("escape", "formula", (state, silent) => {
  const [whole, tex] = /^\$([^$\n]+)\$/.exec(state.src.slice(state.pos)) ?? [];
  if (whole === undefined || tex === undefined) return false;
  if (!silent) state.push("formula", "math", 0).content = tex;
  state.pos += whole.length;
  return true;
});
markdown.renderer.rules["formula"] = (tokens, index) =>
  formulaHtml(tokens[index]?.content ?? "", { block: false });
