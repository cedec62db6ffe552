import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import * as v from "valibot";
import type { Figure } from "../drawing/figure.ts";
import { themed } from "../drawing/theme.ts";
import { readPackageFile } from "../measure/package-file.ts";
import { parseData } from "../measure/parse-json.ts";
import { anyJson, anyJsonObject, type Json, plainJson } from "./plain-json.ts";
import type { Drawing } from "./render-svg.ts";

/** A figure as it is stored in `figures/<id>.json`: themed, plain, with what drew it. */
export interface FigureFile extends Drawing {
  readonly id: string;
  readonly title: string;
  readonly alt: string;
  readonly caption?: string;
  readonly renderer: { readonly [key: string]: Json };
}

const isSized = (value: unknown) => v.is(v.object({ width: v.number(), height: v.number() }), value);

/** What a figure's file, and the output of a notebook that shows it, must look like; keys in the order of the file. */
export const storedFigure: v.GenericSchema<unknown, FigureFile> = v.object({
  alt: v.string(),
  caption: v.exactOptional(v.string()),
  data: anyJson,
  id: v.string(),
  layout: v.custom<Drawing["layout"]>(isSized),
  renderer: anyJsonObject,
  title: v.string(),
});

/** Raise it when the drawing or the spelling of the SVG changes; figures drawn before are then drawn again. */
const DRAWING_REVISION = 1;

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Makes the stored form of a figure.
 * @throws TypeError if its id is not kebab case, or its data cannot be JSON.
 */
export function figureFile(figure: Figure): FigureFile {
  if (!ID.test(figure.id))
    throw new TypeError(`figure id must be kebab case; got ${JSON.stringify(figure.id)}`);
  const { id, title, alt, caption, data, layout } = themed(figure);
  for (const [name, text] of Object.entries({ title, alt })) {
    if (text.trim() === "") throw new TypeError(`${name} of figure ${id} must say something; it is empty`);
  }
  const stored = plainJson({ id, title, alt, caption, data, layout, renderer: renderer() }, 6, id);
  return parseData(stored, storedFigure, { noun: `figure ${id}`, remedy: "correct what it is made of" });
}

/**
 * Spells `figures/<id>.json`. It ends with the hash of the SVG drawn from it: where both files fit this text,
 * the SVG is the drawing of this very figure by this very renderer.
 */
export function figureText(file: FigureFile, svg: string): string {
  const svgSha256 = createHash("sha256").update(svg).digest("hex");
  return `${JSON.stringify(plainJson({ ...file, renderer: { ...file.renderer, svgSha256 } }, 17), null, 1)}\n`;
}

function renderer(): FigureFile["renderer"] {
  const packageFile = createRequire(import.meta.url).resolve("plotly.js/package.json");
  const { version } = readPackageFile(packageFile);
  return { plotly: version, revision: DRAWING_REVISION };
}
