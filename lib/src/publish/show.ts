import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure } from "../drawing/figure.ts";
import { projectRoot } from "../measure/project-root.ts";
import { type Bundle, display } from "./display.ts";
import { type FigureFile, figureFile, figureText } from "./figure-file.ts";
import { mime } from "./mime.ts";
import type { Json } from "./plain-json.ts";
import { renderSvg } from "./render-svg.ts";

/**
 * Shows a figure in the notebook: interactive where Plotly is known, as SVG elsewhere, its description in plain text.
 * @throws TypeError if the figure cannot be stored; UsageError if no browser can start.
 */
export function show(figure: Figure): Promise<void> {
  return display(figureBundle(figure));
}

/**
 * Makes the output that shows a figure. An SVG in the figures folder (`SCHEDULING_SAFETY_FIGURES`, default
 * `figures/`) that belongs to exactly this figure is used again, unless `SCHEDULING_SAFETY_FRESH` is 1.
 */
export async function figureBundle(figure: Figure): Promise<Bundle> {
  const file = figureFile(figure);
  const svg = drawnBefore(file) ?? (await renderSvg(file.id, file));
  const { data, layout, ...about } = file;
  return {
    data: {
      [mime.plotly]: { data, layout },
      [mime.svg]: svg,
      [mime.text]: `${file.title}\n${file.alt}`,
    },
    metadata: { figure: about as Json },
  };
}

function drawnBefore(file: FigureFile): string | null {
  const { SCHEDULING_SAFETY_FRESH: fresh, SCHEDULING_SAFETY_FIGURES: figures } = process.env;
  if (fresh === "1") return null;
  const folder = figures || join(projectRoot, "figures");
  try {
    const svg = readFileSync(join(folder, `${file.id}.svg`), "utf8");
    return readFileSync(join(folder, `${file.id}.json`), "utf8") === figureText(file, svg) ? svg : null;
  } catch {
    return null;
  }
}
