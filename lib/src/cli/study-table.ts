import { DataError } from "../measure/study-error.ts";
import { isMeasured, type Study } from "../studies/study.ts";

const begin = "<!-- studies: written by `scheduling-safety generate` -->";
const end = "<!-- end of studies -->";

/**
 * Replaces the table of studies in a Markdown text, between its two marks.
 *
 * @throws {DataError} when the text lacks the marks.
 */
export function withStudyTable(text: string, studies: readonly Study[]): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) {
    throw new DataError(`README has no place for the studies; put \`${begin}\` and \`${end}\` into it`);
  }
  const rows = studies
    .filter(isMeasured)
    .map(({ name, experiment }) => `| [\`${name}\`](lib/src/studies/${name}/) | ${experiment().question} |`);
  return [
    text.slice(0, from) + begin,
    "",
    "| study | question |",
    "|---|---|",
    ...rows,
    "",
    text.slice(to),
  ].join("\n");
}
