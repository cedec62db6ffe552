import MarkdownIt from "markdown-it";

/** Fenced directives whose content is no prose. */
const VERBATIM = /^\{(?:code|code-block|code-cell|math|raw)\}/;
const COMMENT = /^<!--[\s\S]*-->$/;

const markdown = new MarkdownIt({ html: true });
type Token = ReturnType<typeof markdown.parse>[number];

/** An image where the label of a notebook's output belongs. */
const IMAGE_DIRECTIVE = /^[:`~]*\{(?:figure|image)\}\s*(?!#)\S.*$/gm;

/**
 * Finds HTML and images in a text. MyST drops elements that it does not know, such as a script with all that it holds,
 * without a word, and fetches images while it builds; the article is written in Markdown alone, and shows what notebooks
 * drew. Comments may stand.
 *
 * @param file names the text
 * @returns one message for each piece of HTML and each image
 */
export function findForeignMarkup(text: string, file: string, firstLine = 1): string[] {
  let line = firstLine;
  return markdown.parse(text, {}).flatMap((token) => {
    if (token.map) line = firstLine + token.map[0]; // a cell has the line of its row
    if (token.type === "html_block") return htmlAt(line, token.content, file);
    if (token.type === "inline") {
      return [...imageDirectives(token.content, file, line), ...inLine(token.children ?? [], file, line)];
    }
    if (token.type !== "fence" || !token.info.startsWith("{")) return [];
    // What a directive holds is prose again.
    const held = VERBATIM.test(token.info) ? [] : findForeignMarkup(token.content, file, line + 1);
    return [...imageDirectives(token.info, file, line), ...held];
  });
}

function inLine(tokens: readonly Token[], file: string, firstLine: number): string[] {
  let line = firstLine;
  return tokens.flatMap((token) => {
    if (token.type === "softbreak" || token.type === "hardbreak") line += 1;
    if (token.type === "image") return [imageAt(line, `![${token.content}](${token.attrGet("src")})`, file)];
    return token.type === "html_inline" ? htmlAt(line, token.content, file) : [];
  });
}

function imageDirectives(text: string, file: string, firstLine: number): string[] {
  return [...text.matchAll(IMAGE_DIRECTIVE)].map(({ 0: found, index }) =>
    imageAt(firstLine + text.slice(0, index).split("\n").length - 1, found, file),
  );
}

function htmlAt(line: number, html: string, file: string): string[] {
  const text = html.trim();
  if (COMMENT.test(text)) return [];
  return [
    `${file}:${line}: text must be Markdown, without HTML; got ${text.split("\n", 1)[0]}; ` +
      "write it in MyST, or in `code` if it is to be read",
  ];
}

function imageAt(line: number, image: string, file: string): string {
  return `${file}:${line}: text must show what a notebook drew, and no other image; got ${image}; embed a figure by its id, as :::{figure} #id does`;
}
