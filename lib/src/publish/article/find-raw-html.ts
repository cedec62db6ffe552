import MarkdownIt from "markdown-it";

/** Fenced directives whose content is no prose. */
const VERBATIM = /^\{(?:code|code-block|code-cell|math|raw)\}/;
const COMMENT = /^<!--[\s\S]*-->$/;

const markdown = new MarkdownIt({ html: true });
type Token = ReturnType<typeof markdown.parse>[number];

/**
 * Finds HTML in a text. MyST drops elements that it does not know, such as a script with all that it holds, without a
 * word; the article is written in Markdown alone. Comments may stand.
 *
 * @param file names the text
 * @returns one message for each piece of HTML
 */
export function findRawHtml(text: string, file: string, firstLine = 1): string[] {
  let line = firstLine;
  return markdown.parse(text, {}).flatMap((token) => {
    if (token.map) line = firstLine + token.map[0]; // a cell has the line of its row
    if (token.type === "html_block") return report(token.content, file, line);
    if (token.type === "inline") return inLine(token.children ?? [], file, line);
    // What a directive holds is prose again.
    const isDirective = token.type === "fence" && token.info.startsWith("{") && !VERBATIM.test(token.info);
    return isDirective ? findRawHtml(token.content, file, line + 1) : [];
  });
}

function inLine(tokens: readonly Token[], file: string, firstLine: number): string[] {
  let line = firstLine;
  return tokens.flatMap(({ type, content }) => {
    if (type === "softbreak" || type === "hardbreak") line += 1;
    return type === "html_inline" ? report(content, file, line) : [];
  });
}

function report(html: string, file: string, line: number): string[] {
  const text = html.trim();
  if (COMMENT.test(text)) return [];
  return [
    `${file}:${line}: text must be Markdown, without HTML; got ${text.split("\n", 1)[0]}; ` +
      "write it in MyST, or in `code` if it is to be read",
  ];
}
