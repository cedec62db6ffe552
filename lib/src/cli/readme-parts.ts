import { DataError } from "../measure/study-error.ts";
import type { HandedValues } from "../publish/collect-values.ts";
import { isMeasured, type Study } from "../studies/study.ts";
import { threeDigits } from "../summary/three-digits.ts";

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

/**
 * Tells the study's finding in three sentences, with the numbers that the committed notebooks hand on.
 *
 * @throws {DataError} naming a value that no notebook hands on, or that was not measured.
 */
export function readmeFinding(values: HandedValues): string {
  const number = (name: string): number => {
    const value = values[name];
    if (typeof value === "number") return value;
    throw new DataError(`value of the README is missing: ${name}; run \`make notebooks\``);
  };
  const count = (name: string) => number(name).toLocaleString("en");
  const ms = (name: string) => `${threeDigits(number(`scheduling-delay.${name}`))} ms`;
  const percent = (name: string) => `${Number((100 * number(name)).toPrecision(2))} %`;
  return [
    `**One worker more.** Four workers, fifty tasks that only want to wake up: with three workers held by blocking code, 99 of 100 wake-ups start within ${ms("p99RunQueueBelowMs")}; with the fourth held, within ${ms("p99RunQueueAtMs")}.`,
    `**A few clients more.** Of requests of which three in ten block for 50 ms, ${percent("request-timeouts.failureRunQueueAt15Share")} miss their deadline with 15 clients and ${percent("request-timeouts.failureRunQueueAt30Share")} with 30.`,
    `**The wrong code is blamed.** Of ${count("blame.guiltyFailures")} operations that failed while blockers held every worker, ${percent("blame.namedShare")} named that code; records of who held which worker, when, blamed it in ${percent("blame.accusedShare")}. Of ${count("blame.innocentFailures")} that failed for another reason, they blamed it in ${percent("blame.accusedWronglyShare")}.`,
  ].join("\n\n");
}

/** Lists the studies that measure, and what each asks, as a Markdown table. */
export function studyTable(studies: readonly Study[]): string {
  const rows = studies
    .filter(isMeasured)
    .map(({ name, experiment }) => `| [\`${name}\`](lib/src/studies/${name}/) | ${experiment().question} |`);
  return ["| study | question |", "|---|---|", ...rows].join("\n");
}
