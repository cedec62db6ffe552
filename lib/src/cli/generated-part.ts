import { DataError } from "../measure/study-error.ts";

/**
 * Replaces a part of a Markdown text that is written by `generate`, between its two marks.
 *
 * @param name what the part is, as its marks have it
 * @throws {DataError} when the text lacks the marks.
 */
export function withGenerated(text: string, name: string, part: string): string {
  const begin = `<!-- ${name}: written by \`scheduling-safety generate\` -->`;
  const end = `<!-- end of ${name} -->`;
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) {
    throw new DataError(`README has no place for its ${name}; put \`${begin}\` and \`${end}\` into it`);
  }
  return `${text.slice(0, from)}${begin}\n\n${part}\n\n${text.slice(to)}`;
}
