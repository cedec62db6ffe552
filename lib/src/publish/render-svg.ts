import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "puppeteer-core";
import { askBuild, isServed } from "./ask-build.ts";
import { browserLimitMs, withBrowser } from "./browser.ts";
import { canonicalSvg } from "./canonical-svg.ts";
import type { Json } from "./plain-json.ts";

/** What Plotly draws: plain JSON, with the size in the layout. */
export interface Drawing {
  readonly data: Json;
  readonly layout: Json & { readonly width: number; readonly height: number };
}

const require = createRequire(import.meta.url);
const pages = new WeakMap<Browser, Promise<Page>>();
let queue: Promise<unknown> = Promise.resolve();

/** Draws a figure, or lets the build that started this kernel do so. */
export function renderSvg(id: string, drawing: Drawing): Promise<string> {
  return isServed()
    ? askBuild("figure", { id, drawing: { data: drawing.data, layout: drawing.layout } })
    : drawSvg(id, drawing);
}

/**
 * Draws a figure with Plotly in the headless browser: the same bytes for the same drawing, on every run.
 * Plotly takes element ids from `Math.random`, so each figure seeds it with its own id; figures are drawn one after another.
 */
export function drawSvg(id: string, drawing: Drawing): Promise<string> {
  const drawn = queue.then(() => withBrowser((browser) => draw(browser, id, drawing)));
  queue = drawn.catch(() => undefined);
  return drawn;
}

async function draw(browser: Browser, id: string, drawing: Drawing): Promise<string> {
  let page = pages.get(browser);
  if (page === undefined) {
    page = openPage(browser);
    pages.set(browser, page);
  }
  const svg = await (await page).evaluate(drawInPage, id, drawing);
  return canonicalSvg(svg);
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setContent(`<!doctype html><style>${fontFaces()}</style><body></body>`, {
    timeout: browserLimitMs,
  });
  await page.addScriptTag({ path: require.resolve("plotly.js/dist/plotly-cartesian.min.js") });
  const fonts = await page.evaluate(loadFonts);
  if (fonts !== 3) throw new Error(`fonts of the figures must load in the browser; ${fonts} of 3 did`);
  return page;
}

/** The whole fonts rather than the web subsets: figures use µ, ≥ and a true minus sign. */
function fontFaces(): string {
  const faces = [
    [400, "400Regular/SourceSans3_400Regular.ttf"],
    [600, "600SemiBold/SourceSans3_600SemiBold.ttf"],
    [700, "700Bold/SourceSans3_700Bold.ttf"],
  ] as const;
  const rules = faces.map(([weight, file]) => {
    const base64 = readFileSync(require.resolve(`@expo-google-fonts/source-sans-3/${file}`)).toString(
      "base64",
    );
    return `@font-face{font-family:"Source Sans 3";font-weight:${weight};src:url(data:font/ttf;base64,${base64})}`;
  });
  return rules.join("");
}

interface PageDrawing {
  readonly data: unknown;
  readonly layout: { readonly width: number; readonly height: number };
}

/** What the page has, where the two functions below run. */
declare const document: { fonts: Iterable<{ status: string }> & { load(font: string): Promise<unknown> } };
declare const Plotly: { toImage(figure: unknown, options: unknown): Promise<string> };

async function loadFonts(): Promise<number> {
  const weights = ["400", "600", "700"];
  await Promise.all(weights.map((weight) => document.fonts.load(`${weight} 14px "Source Sans 3"`)));
  return [...document.fonts].filter((font) => font.status === "loaded").length;
}

/** It can use nothing else from this module. Seeds with FNV-1a, draws numbers with mulberry32. */
async function drawInPage(id: string, { data, layout }: PageDrawing): Promise<string> {
  let state = 2166136261;
  for (const character of id) state = Math.imul(state ^ character.charCodeAt(0), 16777619);
  Math.random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const { width, height } = layout;
  return Plotly.toImage({ data, layout }, { format: "svg", width, height, imageDataOnly: true });
}
