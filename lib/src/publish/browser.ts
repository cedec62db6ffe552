import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";
import puppeteer, { type Browser } from "puppeteer-core";
import { makeHeldFolder } from "../measure/held-folder.ts";
import { projectRoot } from "../measure/project-root.ts";
import { UsageError } from "../measure/study-error.ts";
import { escapeHtml } from "./article/html/escape-html.ts";
import { type Chromium, chromiumPath } from "./chromium-path.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** How long a browser may take to start, or a page to load, on a host that is busy with other things. */
export const browserLimitMs = 180_000;

let running: Promise<Browser> | undefined;
let borrowers = 0;

/**
 * Lends the process's one headless browser to `work`, starting it if need be.
 * Between loans it keeps neither the process nor itself alive: the process may end at any time,
 * and the browser ends with it, because it lives only as long as the pipe it is driven through.
 * @throws UsageError if no browser can start, with the remedy.
 */
export async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await connected();
  borrowers += 1;
  keepAlive(browser, true);
  try {
    return await work(browser);
  } finally {
    borrowers -= 1;
    if (borrowers === 0) keepAlive(browser, false);
  }
}

/** Gives the browser that runs, or starts one: none has run yet, or the last has crashed. */
async function connected(): Promise<Browser> {
  running ??= launch().catch((error: unknown) => {
    running = undefined;
    throw error;
  });
  const asked = running;
  const browser = await asked;
  if (browser.connected) return browser;
  if (running === asked) running = undefined;
  return connected();
}

/** Closes the browser if one runs; the next loan starts a new one. */
export async function closeBrowser(): Promise<void> {
  const closing = running;
  running = undefined;
  const browser = await closing;
  if (browser === undefined) return;
  keepAlive(browser, true);
  await browser.close();
}

async function launch(): Promise<Browser> {
  const chromium = await chromiumPath();
  refuseUnlessProgram(chromium.path);
  const folder = makeHeldFolder("browser", scratchFolder);
  const profile = folder.path;
  try {
    const browser = await puppeteer.launch({
      executablePath: chromium.path,
      headless: chromium.packaged ? "shell" : true,
      pipe: true,
      timeout: browserLimitMs,
      userDataDir: profile,
      env: browserEnvironment(chromium, profile),
      args: browserFlags(chromium),
    });
    const clear = () => {
      browser.process()?.kill("SIGKILL");
      folder.remove();
    };
    process.once("exit", clear);
    browser.once("disconnected", () => {
      process.off("exit", clear);
      clear();
    });
    return browser;
  } catch (cause) {
    folder.remove();
    const reason = cause instanceof Error ? cause.message.split("\n", 1)[0] : String(cause);
    throw new UsageError(
      `browser must start to draw figures; ${chromium.path} did not (${reason}); install Chromium and set CHROME_PATH to its binary`,
      { cause },
    );
  }
}

/** What cannot be started at all ends the whole process: puppeteer does not listen for that. */
function refuseUnlessProgram(path: string): void {
  try {
    if (!statSync(path).isFile()) throw new Error("it is no file");
    accessSync(path, constants.X_OK);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new UsageError(
      `browser must be a program that this user may run; got ${path} (${code ?? message}); correct its permissions, or set CHROME_PATH to the binary of Chrome or Chromium`,
      { cause },
    );
  }
}

/** Only the fonts that are shipped: what a page measures and draws does not depend on the system's (with none at all it draws no text). */
function onlyShippedFonts(folder: string): string {
  const path = join(folder, "fonts.conf");
  const fonts = join(projectRoot, "node_modules", "@expo-google-fonts");
  const cache = join(projectRoot, ".cache", "fontconfig");
  writeFileSync(
    path,
    `<?xml version="1.0"?><fontconfig><dir>${escapeHtml(fonts)}</dir><cachedir>${escapeHtml(cache)}</cachedir></fontconfig>\n`,
  );
  return path;
}

function browserEnvironment(chromium: Chromium, profile: string): NodeJS.ProcessEnv {
  const { LD_LIBRARY_PATH: given } = process.env;
  const libraries = chromium.packaged
    ? { LD_LIBRARY_PATH: [chromium.libraries, given].filter(Boolean).join(":") }
    : {};
  return {
    ...process.env,
    ...libraries,
    HOME: profile,
    TMPDIR: profile,
    FONTCONFIG_FILE: onlyShippedFonts(profile),
  };
}

function browserFlags({ packaged }: Chromium): string[] {
  const flags = ["--no-sandbox", "--font-render-hinting=none", "--force-color-profile=srgb", "--disable-gpu"];
  return packaged ? [...flags, "--no-zygote", "--disable-dev-shm-usage"] : flags;
}

function keepAlive(browser: Browser, alive: boolean): void {
  const child = browser.process();
  const handles = [child, ...(child?.stdio ?? [])] as (Socket | null | undefined)[];
  for (const handle of handles) {
    if (alive) handle?.ref?.();
    else handle?.unref?.();
  }
}
