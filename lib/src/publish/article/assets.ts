import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bundleExplorables, bundleSite } from "../bundle-for-browser.ts";
import { pageStyle } from "../drawings/drawing-style.ts";

const require = createRequire(import.meta.url);

interface Face {
  readonly family: string;
  readonly slug: string;
  readonly weight: number;
  readonly style: "normal" | "italic";
}
const FACES: readonly Face[] = [
  ...[400, 600].map(
    (weight) => ({ family: "Source Serif 4", slug: "source-serif-4", weight, style: "normal" }) as const,
  ),
  { family: "Source Serif 4", slug: "source-serif-4", weight: 400, style: "italic" },
  ...[400, 600].map(
    (weight) => ({ family: "Source Sans 3", slug: "source-sans-3", weight, style: "normal" }) as const,
  ),
  { family: "Source Sans 3", slug: "source-sans-3", weight: 400, style: "italic" },
  { family: "IBM Plex Mono", slug: "ibm-plex-mono", weight: 400, style: "normal" },
];
/** Arrows, operators and Greek, which the Latin subsets leave out; browsers load these files only where they occur. */
const SYMBOLS = [
  { family: "Source Serif 4", file: "source-serif-4/400Regular/SourceSerif4_400Regular.ttf" },
  { family: "Source Sans 3", file: "source-sans-3/400Regular/SourceSans3_400Regular.ttf" },
  { family: "IBM Plex Mono", file: "ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf" },
];
const SYMBOL_RANGE =
  "U+0100-02AF,U+0370-03FF,U+2070-209F,U+2150-218F,U+2190,U+2192,U+2194-21FF,U+2200-2211,U+2213-2214,U+2216-22FF";

/** Copies styles, scripts and fonts of the page from the template and the installed packages to `<page>/assets`. */
export async function copyAssets(template: string, page: string): Promise<void> {
  const assets = join(page, "assets");
  await mkdir(join(assets, "fonts"), { recursive: true });
  await Promise.all([
    cp(join(template, "article.css"), join(assets, "article.css")),
    cp(join(template, "article.js"), join(assets, "article.js")),
    cp(require.resolve("plotly.js/dist/plotly-cartesian.min.js"), join(assets, "plotly.min.js")),
    copyDrawingStyle(template, assets),
    cp(join(template, "site.css"), join(assets, "site.css")),
    bundleSite().then((script) => writeFile(join(assets, "site.js"), script)),
    bundleExplorables().then((script) => writeFile(join(assets, "explorables.js"), script)),
    copyFonts(assets),
    copyKatex(assets),
  ]);
}

async function copyDrawingStyle(template: string, assets: string): Promise<void> {
  const explorables = await readFile(join(template, "explorables.css"), "utf8");
  await writeFile(join(assets, "drawings.css"), pageStyle() + explorables);
}

async function copyFonts(assets: string): Promise<void> {
  const rules = FACES.map(({ family, weight, style, slug }) =>
    fontFace(family, weight, style, `${slug}-${weight}-${style}.woff2`),
  );
  for (const { slug, weight, style } of FACES) {
    const folder = join(packageFolder(`@fontsource/${slug}`), "files");
    await cp(
      join(folder, `${slug}-latin-${weight}-${style}.woff2`),
      join(assets, "fonts", `${slug}-${weight}-${style}.woff2`),
    );
  }
  for (const { family, file } of SYMBOLS) {
    const [slug = ""] = file.split("/");
    await cp(
      join(packageFolder(`@expo-google-fonts/${slug}`), file.slice(slug.length + 1)),
      join(assets, "fonts", `${slug}.ttf`),
    );
    rules.push(fontFace(family, 400, "normal", `${slug}.ttf`, SYMBOL_RANGE));
  }
  await writeFile(join(assets, "fonts.css"), `${rules.join("\n")}\n`);
}

function fontFace(family: string, weight: number, style: string, file: string, range?: string): string {
  const limit = range === undefined ? "" : `unicode-range:${range};`;
  return `@font-face{font-family:"${family}";font-weight:${weight};font-style:${style};font-display:swap;${limit}src:url(fonts/${file})}`;
}

async function copyKatex(assets: string): Promise<void> {
  const dist = join(packageFolder("katex"), "dist");
  const target = join(assets, "katex");
  await mkdir(join(target, "fonts"), { recursive: true });
  const css = await readFile(join(dist, "katex.min.css"), "utf8");
  await writeFile(
    join(target, "katex.min.css"),
    css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, ""),
  );
  const fonts = (await readdir(join(dist, "fonts"))).filter((name) => name.endsWith(".woff2"));
  for (const font of fonts) await cp(join(dist, "fonts", font), join(target, "fonts", font));
}

function packageFolder(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}
