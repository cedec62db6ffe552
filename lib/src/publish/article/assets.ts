import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bundleExplorables, bundleSite } from "../bundle-for-browser.ts";
import { pageStyle } from "../drawings/drawing-style.ts";
import { fontStyle } from "./page-fonts.ts";

const require = createRequire(import.meta.url);

/**
 * Copies styles, scripts and fonts of the pages from the template and the installed packages to `<page>/assets`.
 *
 * @param text holds every character that the pages show
 */
export async function copyAssets(template: string, page: string, text: string): Promise<void> {
  const assets = join(page, "assets");
  await mkdir(assets, { recursive: true });
  await Promise.all([
    cp(join(template, "article.css"), join(assets, "article.css")),
    cp(join(template, "article.js"), join(assets, "article.js")),
    cp(join(template, "fonts.js"), join(assets, "fonts.js")),
    cp(require.resolve("plotly.js/dist/plotly-cartesian.min.js"), join(assets, "plotly.min.js")),
    copyDrawingStyle(template, assets),
    cp(join(template, "site.css"), join(assets, "site.css")),
    bundleSite().then((script) => writeFile(join(assets, "site.js"), script)),
    bundleExplorables().then((script) => writeFile(join(assets, "explorables.js"), script)),
    fontStyle(text).then((style) => writeFile(join(assets, "fonts.css"), style)),
    copyKatex(assets),
  ]);
}

async function copyDrawingStyle(template: string, assets: string): Promise<void> {
  const explorables = await readFile(join(template, "explorables.css"), "utf8");
  await writeFile(join(assets, "drawings.css"), pageStyle() + explorables);
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
