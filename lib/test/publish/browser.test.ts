import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { closeBrowser, withBrowser } from "../../src/publish/browser.ts";

const module = (path: string) =>
  JSON.stringify(pathToFileURL(`${import.meta.dirname}/../../src/${path}`).href);

test("a program that has nothing else to do waits until the browser is closed, and ends well", () => {
  const program = `
    const { withBrowser, closeBrowser } = await import(${module("publish/browser.ts")});
    await withBrowser((browser) => browser.version());
    await closeBrowser();
    console.log("closed");
  `;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "closed\n" });
});

test("a browser that has crashed is not lent again: another is started", async () => {
  const crash = withBrowser(async (browser) => {
    const gone = new Promise((resolve) => browser.once("disconnected", resolve));
    browser.process()?.kill("SIGKILL");
    await gone;
  });
  await crash;
  expect(await withBrowser((browser) => browser.version())).toMatch(/\d/);
  await closeBrowser();
});

test.skipIf(process.platform === "win32").each([
  ["a folder", import.meta.dirname, "it is no file"],
  ["a file that nobody may run", import.meta.filename, "EACCES"],
])("%s in place of the browser is told in a sentence", async (_, path, reason) => {
  vi.stubEnv("CHROME_PATH", path);
  onTestFinished(() => void vi.unstubAllEnvs());
  await expect(withBrowser((browser) => browser.version())).rejects.toThrow(
    `browser must be a program that this user may run; got ${path} (${reason}); correct its permissions, or set CHROME_PATH to the binary of Chrome or Chromium`,
  );
});
