const START_TAG = /<([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"]*")+)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:.-]+)="([^"]*)"/g;
const LONG_FRACTION = /-?\d+\.\d{3,}(?:e[+-]?\d+)?/g;
const GEOMETRY = new Set([
  "cx",
  "cy",
  "d",
  "height",
  "points",
  "r",
  "transform",
  "width",
  "x",
  "x1",
  "x2",
  "y",
  "y1",
  "y2",
]);

/**
 * Spells an SVG in one way: attributes sorted, empty styles dropped, coordinates to a hundredth of a pixel.
 * Plotly's own order of attributes differs from run to run.
 */
export function canonicalSvg(svg: string): string {
  return `${svg.replace(START_TAG, (_tag, name: string, attributes: string, close: string) => {
    const pairs = [...attributes.matchAll(ATTRIBUTE)].map(([, key = "", value = ""]) => ({ key, value }));
    const kept = pairs.filter(({ key, value }) => !(key === "style" && value === ""));
    kept.sort((a, b) => (sortKey(a.key) < sortKey(b.key) ? -1 : 1));
    return `<${name}${kept.map(({ key, value }) => ` ${key}="${rounded(key, value)}"`).join("")}${close}>`;
  })}\n`;
}

function sortKey(key: string): string {
  return key.startsWith("xmlns") ? `0${key}` : `1${key}`;
}

function rounded(key: string, value: string): string {
  if (!GEOMETRY.has(key)) return value;
  return value.replace(LONG_FRACTION, (number) => String(Number(Number(number).toFixed(2))));
}
