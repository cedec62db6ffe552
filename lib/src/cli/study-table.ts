import { isMeasured, type Study } from "../studies/study.ts";

/** Lists the studies that measure, and what each asks, as a Markdown table. */
export function studyTable(studies: readonly Study[]): string {
  const rows = studies
    .filter(isMeasured)
    .map(({ name, experiment }) => `| [\`${name}\`](lib/src/studies/${name}/) | ${experiment().question} |`);
  return ["| study | question |", "|---|---|", ...rows].join("\n");
}
