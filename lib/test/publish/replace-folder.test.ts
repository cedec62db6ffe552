import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replaceFolder } from "../../src/publish/replace-folder.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "replace-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const at = (...parts: string[]) => join(root, ...parts);
function fill(folder: string, files: { readonly [name: string]: string }): void {
  mkdirSync(at(folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(at(folder, name), text);
}
function contentOf(folder: string): { readonly [name: string]: string } {
  return Object.fromEntries(
    readdirSync(at(folder)).map((name) => [name, readFileSync(at(folder, name), "utf8")]),
  );
}
const isStranger = (entry: string) => entry === "this-host";
const replace = () => replaceFolder(at("finished"), at("out", "build"), at("cache", "aside"), isStranger);

test("the finished folder takes the place, with what was there and is no part of it", () => {
  fill("finished", { page: "new" });
  fill("out/build", { page: "old", gone: "old", "this-host": "other" });
  replace();
  expect(contentOf("out/build")).toEqual({ page: "new", "this-host": "other" });
  expect([existsSync(at("finished")), existsSync(at("cache", "aside"))]).toEqual([false, false]);
});

test("a place that does not exist yet is made", () => {
  fill("finished", { page: "new" });
  replace();
  expect(contentOf("out/build")).toEqual({ page: "new" });
});

test.each([
  ["between the two renames", {}, { page: "old", gone: "old", "this-host": "other" }],
  ["before strangers moved", { "out/build": { page: "newer" } }, { page: "old", "this-host": "other" }],
])("killed %s, the next call puts it right and loses nothing", (_, left, aside) => {
  for (const [folder, files] of Object.entries(left)) fill(folder, files);
  fill("cache/aside", aside);
  fill("finished", { page: "new" });
  replace();
  expect(contentOf("out/build")).toEqual({ page: "new", "this-host": "other" });
  expect(existsSync(at("cache", "aside"))).toBe(false);
});

test("where it cannot be put in place, what was there comes back with the next call", () => {
  fill("out/build", { page: "old" });
  expect(replace).toThrow("ENOENT");
  expect(existsSync(at("out", "build"))).toBe(false);
  fill("finished", { page: "new" });
  replace();
  expect(contentOf("out/build")).toEqual({ page: "new" });
});

test("a file in the place gives way", () => {
  fill("out", { build: "no folder" });
  fill("finished", { page: "new" });
  replace();
  expect(contentOf("out/build")).toEqual({ page: "new" });
});
