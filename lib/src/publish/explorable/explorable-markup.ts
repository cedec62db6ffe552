import { escapeHtml } from "../article/html/escape-html.ts";

/** A picture of an explorable, which stands in the page before a script runs. */
export interface ExplorableView {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  /** The inside of an SVG. */
  readonly inside: string;
}

/** What an explorable consists of; HTML where nothing else is said. */
export interface ExplorableParts {
  /** Where its address points. */
  readonly id: string;
  /** Which script brings it to life. */
  readonly kind: string;
  readonly controls: string;
  /** Text: what the still shows. */
  readonly story: string;
  readonly views: readonly ExplorableView[];
  readonly key: string;
  /** Numbers below the pictures: name, title and text of the still. */
  readonly readings: readonly (readonly [name: string, title: string, text: string])[];
  /** The run that can be played, and the moment of it that the still shows (ms); null where there is none. */
  readonly run: { readonly endMs: number; readonly stillMs: number } | null;
  /** What the script needs, as JSON. */
  readonly data: unknown;
}

/** Writes an explorable as HTML: the still, controls that a script brings to life, and the data that it needs. */
export function explorableMarkup(parts: ExplorableParts): string {
  const { id, kind, controls, story, views, key, readings, run, data } = parts;
  return `<div class="explorable drawn" id="${id}" data-explorable="${kind}">
<form class="explorable-controls" autocomplete="off">
${controls}
</form>
<p class="explorable-story">${escapeHtml(story)}</p>
<div class="explorable-views">
${views.map(viewHtml).join("\n")}
</div>
<p class="explorable-key">${key}</p>
${readings.length === 0 ? "" : `<dl class="explorable-readings">\n${readings.map(readingHtml).join("\n")}\n</dl>\n`}${run === null ? "" : playerHtml(id, run)}<p class="unseen" role="status" aria-live="polite"></p>
<script type="application/json" class="explorable-data">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>
</div>
`;
}

/** Writes a slider over whole numbers, with its value beside it. */
export function sliderHtml(label: string, name: string, most: number, value: number): string {
  const levels = Array.from(
    { length: most + 1 },
    (_, level) => `<option value="${level}" label="${level}"></option>`,
  ).join("");
  return `<label class="wide">${label} <input type="range" name="${name}" min="0" max="${most}" step="1" value="${value}" list="${name}-levels"> <output class="explorable-count">${value}</output></label>
<datalist id="${name}-levels">${levels}</datalist>`;
}

/** Writes a choice of one among a few. */
export function choiceHtml(
  legend: string,
  name: string,
  choices: readonly (readonly [value: string, label: string])[],
  chosen: string,
): string {
  const radios = choices.map(
    ([value, label]) =>
      `<label><input type="radio" name="${name}" value="${value}"${value === chosen ? " checked" : ""}> ${escapeHtml(label)}</label>`,
  );
  return `<fieldset><legend>${legend}</legend>\n${radios.join("\n")}\n</fieldset>`;
}

function viewHtml({ name, width, height, alt, inside }: ExplorableView): string {
  return `<svg class="${name}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(alt)}">
${inside}
</svg>`;
}

function readingHtml([name, title, text]: readonly [string, string, string]): string {
  return `<div><dt>${title}</dt><dd data-reading="${name}">${escapeHtml(text)}</dd></div>`;
}

function playerHtml(
  id: string,
  { endMs, stillMs }: { readonly endMs: number; readonly stillMs: number },
): string {
  return `<form class="explorable-controls moment" autocomplete="off">
<button type="button" data-act="play">Pause</button>
<button type="button" data-act="step">Step</button>
<button type="button" data-act="seed">Another run</button>
<label class="wide">Moment of the run <input type="range" name="${id}-moment" min="0" max="${Math.ceil(endMs)}" step="1" value="${stillMs}"></label>
</form>
`;
}
