import sanitizeHtml from "sanitize-html";
import { DataError } from "../../measure/study-error.ts";

/** What Plotly draws with: shapes, text, pixels that the file itself holds. Nothing that runs, links or loads. */
const TAGS =
  "svg defs g clipPath rect path circle line text tspan linearGradient radialGradient stop pattern image";
const ATTRIBUTES =
  "class clip-path clipPathUnits cx cy d data-index dx dy fill fill-opacity fill-rule gradientUnits height id offset opacity " +
  "patternUnits pointer-events preserveAspectRatio r rx ry shape-rendering stop-color stop-opacity stroke stroke-width style " +
  "text-anchor transform viewBox width x x1 x2 xlink:href xmlns xmlns:xlink y y1 y2";
/** A style may point into its own drawing, and nowhere else. */
const FOREIGN_STYLE = /url\((?!["']?#)|[\\@]/i;

/** Its types leave out an option that it documents. */
interface Options extends sanitizeHtml.IOptions {
  readonly allowedEmptyAttributes: string[];
}
const OPTIONS: Options = {
  allowedTags: TAGS.split(" "),
  allowedAttributes: { "*": ATTRIBUTES.split(" ") },
  allowedEmptyAttributes: ATTRIBUTES.split(" "),
  nonBooleanAttributes: [],
  allowedSchemes: [],
  allowedSchemesByTag: { image: ["data"] },
  allowedSchemesAppliedToAttributes: ["xlink:href"],
  allowProtocolRelative: false,
  parseStyleAttributes: false,
  transformTags: {
    "*": (tagName, attribs) => ({
      tagName,
      attribs: Object.fromEntries(Object.entries(attribs).filter(([name, value]) => isOwn(name, value))),
    }),
  },
  parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
};

/**
 * Returns a drawing unchanged if it is what a sanitiser leaves of it, so that a page may hold it.
 *
 * @param origin names the file
 * @throws DataError with the first thing that is neither shape nor text
 */
export function harmlessSvg(svg: string, origin: string): string {
  const clean = closeEmpty(sanitizeHtml(svg, OPTIONS));
  if (clean === svg && svg.startsWith("<svg ")) return svg;
  throw new DataError(
    `${origin}: drawing must hold shapes and text only, as Plotly draws them; got ${firstChange(svg, clean)}; draw it again with make figures`,
  );
}

function isOwn(name: string, value: string): boolean {
  return name !== "style" || !FOREIGN_STYLE.test(value);
}

/** Spells an element without content as XML does. */
function closeEmpty(svg: string): string {
  return svg.replace(/<([\w:]+)([^<>]*)><\/\1>/g, "<$1$2/>");
}

function firstChange(svg: string, clean: string): string {
  const at = [...svg].findIndex((_, i) => svg[i] !== clean[i]);
  const start = Math.max(0, svg.lastIndexOf("<", at));
  return svg
    .slice(start, start + 120)
    .replace(/\s+/g, " ")
    .trim();
}
