import type { Edition } from "../../article/edition.ts";
import { escapeHtml } from "../../article/html/escape-html.ts";
import { type Drawn, drawnHtml } from "../../drawings/drawn.ts";

/** Half of the description that gives nothing away. */
const before =
  "What the trace of a request shows: it started, asked the database, and failed with a time-out.";

/**
 * Writes the two timelines as a guess: with a script the reader names a culprit before the second timeline shows; without
 * one, and in print, both are there.
 *
 * @param values what the notebooks hand on, for the time that the database really took
 */
export function guessMarkup(drawn: Drawn, values: Edition["values"] | undefined): string {
  return `<div class="explorable drawn" data-explorable="guess" data-before="${escapeHtml(before)}">
<form class="explorable-controls" autocomplete="off">
<fieldset><legend>Who is to blame?</legend>
${suspects(values).map(suspectHtml).join("\n")}
</fieldset>
</form>
${drawnHtml(drawn)}<p class="explorable-story" role="status" aria-live="polite"></p>
</div>
`;
}

interface Suspect {
  readonly name: string;
  readonly label: string;
  /** What becomes of the guess. */
  readonly verdict: string;
}

function suspects(values: Edition["values"] | undefined): readonly Suspect[] {
  const queryMs = values?.get("failure-mechanisms.queryAtMs");
  const took = typeof queryMs === "number" ? `answers in ${queryMs.toFixed(1)} ms` : "answers at once";
  return [
    {
      name: "database",
      label: "the database",
      verdict: `Not the database: beside blocked workers it ${took}. The answer was there; nobody was free to receive it.`,
    },
    {
      name: "request",
      label: "the request’s own code",
      verdict: "Not the request: it was not even on a worker. It was due, and waited for one.",
    },
    {
      name: "load",
      label: "too much load",
      verdict: "Not the load: no processor was busy. Four exports slept on the four workers.",
    },
  ];
}

function suspectHtml({ name, label, verdict }: Suspect): string {
  return `<label><input type="radio" name="suspect" value="${name}" data-verdict="${escapeHtml(verdict)}"> ${escapeHtml(label)}</label>`;
}
