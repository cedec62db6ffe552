import { escapeHtml } from "../article/html/escape-html.ts";
import { printedStyle } from "./drawing-style.ts";

/** A drawing of the house: in the page it follows the colour scheme, on paper it is black on white. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  /** Says what there is to see. */
  readonly alt: string;
  /** The inside of the SVG. */
  readonly inside: string;
}

/** Writes a drawing for the page. */
export function drawnHtml({ width, height, alt, inside }: Drawn): string {
  return `<div class="drawn"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(alt)}">\n${inside}\n</svg></div>\n`;
}

/** Writes a drawing as an SVG that stands alone. */
export function drawnSvg({ width, height, inside }: Drawn): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><style>${printedStyle()}</style>\n${inside}\n</svg>\n`;
}
