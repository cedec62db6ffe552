import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { closeBrowser, withBrowser } from "../../src/publish/browser.ts";
import { patientPage } from "./patient-page.ts";

const { clone } = vi.hoisted(() => ({ clone: { root: "" } }));
vi.mock("../../src/measure/project-root.ts", async (original) => {
  const real = await original<typeof import("../../src/measure/project-root.ts")>();
  clone.root = mkdtempSync(join(tmpdir(), "R&D <1> "));
  mkdirSync(join(clone.root, ".cache"));
  symlinkSync(join(real.projectRoot, "node_modules"), join(clone.root, "node_modules"));
  return { ...real, projectRoot: clone.root };
});

afterAll(async () => {
  await closeBrowser();
  rmSync(clone.root, { recursive: true });
});

// Elsewhere a browser asks the system for fonts.
test.runIf(process.platform === "linux")(
  "in a clone whose path has signs of XML, the browser finds the fonts that are shipped",
  async () => {
    const widths = await withBrowser(async (browser) => {
      const page = await patientPage(browser);
      await page.setContent(
        ["Source Sans 3", "IBM Plex Mono"]
          .map((font) => `<span style="font: 100px '${font}'">illicit</span><br>`)
          .join(""),
      );
      return page.$$eval("span", (all) => all.map((span) => span.getBoundingClientRect().width));
    });
    expect(widths).toEqual([207, 420]);
  },
);
