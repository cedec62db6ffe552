import sanitizeHtml from "sanitize-html";
import { DataError } from "../../measure/study-error.ts";

/** What Plotly draws with: shapes, text, pixels that the file itself holds. Nothing that runs, links or loads. */
const TAGS =
  "svg defs g clipPath rect path circle line text tspan linearGradient radialGradient stop pattern image";
const ATTRIBUTES =
  "class clip-path clipPathUnits cx cy d data-index dx dy fill fill-opacity fill-rule gradientUnits height id offset opacity " +
  "patternUnits pointer-events preserveAspectRatio r rx ry shape-rendering stop-color stop-opacity stroke stroke-width style " +
  "text-anchor transform viewBox width x x1 x2 xlink:href xmlns xmlns:xlink y y1 y2";
/** What a style may say: how a shape or a text looks, and nothing of where it stands on the page. */
const LOOKS = new Set(
  (
    "clip-path clip-rule color display dominant-baseline fill fill-opacity fill-rule font-family font-size font-style font-variant " +
    "font-weight image-rendering letter-spacing opacity paint-order pointer-events shape-rendering stop-color stop-opacity stroke " +
    "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width " +
    "text-anchor text-decoration text-transform vector-effect visibility white-space"
  ).split(" "),
);
/** A paint, font or number; it may point into its own drawing, and nowhere else. */
const LOOK = /^(?:[^()\\@:;]|\b(?:rgb|hsl)a?\([\d\s.,%]*\)|\burl\((["']?)#[\w-]+\1\))*$/i;
/** What Plotly calls its groups; a page's styles and scripts know other names. */
const CLASS = new RegExp(
  "^(?:[xy]\\d*|x\\d*y\\d*|[xy]\\d*(?:tick|grid|title|zl)|g-(?:[xy]\\d*|g)title|trace[\\da-f]{6}|[a-z]+-(?:above|below)|" +
    "(?:minor-grid|[a-z]+)layer|layer-(?:between|subplot)|legend[a-z]*|annotation(?:-text(?:-g)?)?|axesclip|bg|clips|crisp|" +
    "cursor-pointer|[xy]?errorbars?|[xy]error|fills|glimages|gradients|groups|js-line|layers|lines?|main-svg|overplot|" +
    "patterns|plotclip|points?|scatter|scatterpts|scrollb(?:ar|ox)|shape-group|subplot|text|textpoint|ticks|traces?|zl)$",
);
const ID = /^(?:defs-|topdefs-|clip|legend|[gp])[\da-f]{6}[\w-]*$/;
const INSIDE = /^#[\w-]+$/;
const PIXELS = /^data:image\/(?:png|jpeg|webp|gif);base64,[\w+/]+=*$/;
const NAMESPACES: Readonly<Record<string, string>> = {
  xmlns: "http://www.w3.org/2000/svg",
  "xmlns:xlink": "http://www.w3.org/1999/xlink",
};
/** Plotly nests about ten. */
const DEEPEST = 100;

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
      attribs: Object.fromEntries(
        Object.entries(attribs).filter(([name, value]) => isHarmless(tagName, name, value)),
      ),
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
  let depth = 0;
  const onOpenTag = () => {
    depth += 1;
    if (depth <= DEEPEST) return;
    throw new DataError(
      `${origin}: drawing must nest at most ${DEEPEST} elements; got more; draw it again with make figures`,
    );
  };
  const onCloseTag = () => {
    depth -= 1;
  };
  const clean = closeEmpty(sanitizeHtml(svg, { ...OPTIONS, onOpenTag, onCloseTag }));
  if (clean === svg && svg.startsWith("<svg ")) return svg;
  throw new DataError(
    `${origin}: drawing must hold shapes and text only, as Plotly draws them; got ${firstChange(svg, clean)}; draw it again with make figures`,
  );
}

function isHarmless(tag: string, name: string, value: string): boolean {
  switch (name) {
    case "style":
      return value.split(";").every(isLook);
    case "clip-path":
    case "fill":
    case "stop-color":
    case "stroke":
      return LOOK.test(value);
    case "class":
      return value.split(" ").every((each) => each === "" || CLASS.test(each));
    case "id":
      return ID.test(value);
    case "xlink:href":
      return (tag === "image" ? PIXELS : INSIDE).test(value);
    default:
      return name in NAMESPACES ? value === NAMESPACES[name] : true;
  }
}

function isLook(declaration: string): boolean {
  const [name = "", ...value] = declaration.split(":");
  return declaration.trim() === "" || (LOOKS.has(name.trim()) && LOOK.test(value.join(":")));
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
