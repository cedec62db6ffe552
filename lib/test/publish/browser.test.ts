import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

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
