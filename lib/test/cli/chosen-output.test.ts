import { mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { outputFolder } from "../../src/cli/chosen-output.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { complained, out, scheduling } from "./scheduling.ts";

const reference = join(projectRoot, "data", "reference", "intel-xeon-2-cores");

function folderWithLink(path: string): string {
  const folder = mkdtempSync(join(out, "links-"));
  mkdirSync(join(folder, path, ".."), { recursive: true });
  symlinkSync(join(reference, "controls"), join(folder, path));
  return folder;
}

test("an experiment's folder is not to be written where a link leads among the reference data", () => {
  for (const path of ["countdown", "countdown/unfinished"]) {
    const folder = folderWithLink(path);
    expect(() => outputFolder(folder, ["other", "countdown"], false)).toThrow(
      `folder belongs to the reference data: ${join(folder, path)}; choose another with --out, or say --replace-reference`,
    );
    expect(outputFolder(folder, ["other"])).toBe(folder);
    expect(outputFolder(folder, ["countdown"], true)).toBe(folder);
  }
});

// Without --restart: what a fault let through would be refused as a campaign of another plan, not overwritten.
describe.each(["run countdown", "decide countdown", "reproduce --claim counted"])("%s", (command) => {
  test("refuses it, and writes nothing", async () => {
    const folder = folderWithLink("countdown");
    expect(await scheduling(...command.split(" "), "--quiet", "--out", folder)).toBe(2);
    expect(complained).toContain(
      `error: folder belongs to the reference data: ${join(folder, "countdown")}; choose another with --out`,
    );
    expect(readdirSync(folder)).toEqual(["countdown"]);
  });
});
