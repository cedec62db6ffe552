import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { identifyEdition } from "../../src/publish/identify-edition.ts";
import { dataFolder } from "../../src/tables/data-folder.ts";
import { complained, out, scheduling } from "./scheduling.ts";

const { built, places, keys } = vi.hoisted(() => ({
  built: [] as string[][],
  places: { root: "" },
  keys: { now: "" },
}));
vi.mock("../../src/publish/article/build-article.ts", () => ({
  buildArticle: async ({ editions }: { readonly editions: readonly { readonly name: string }[] }) => {
    built.push(editions.map(({ name }) => name));
    return "";
  },
}));
vi.mock("../../src/publish/edition-paths.ts", () => ({
  editionPaths: (name: string) => ({ identity: join(places.root, name) }),
  notebookFiles: () => ["01-a.ipynb"],
}));
vi.mock("../../src/publish/notebook.ts", () => ({ readNotebook: () => ({}) }));
vi.mock("../../src/publish/notebook-key.ts", () => ({ notebookKey: () => keys.now }));

test("an edition is built from notebooks that were executed on its data set, and on no other", async () => {
  places.root = out;
  const [mine = "", other = ""] = ["mine", "other"].map((name) => join(out, name));
  for (const [seed, folder] of Object.entries([mine, other])) {
    const line = [
      "run",
      "countdown",
      "--profile",
      "smoke",
      "--set",
      "behaviour=well",
      "--quiet",
      "--seed",
      seed,
      "--out",
      folder,
    ];
    expect(await scheduling(...line)).toBe(0);
  }
  writeFileSync(join(out, "reference"), identifyEdition(dataFolder({})));
  expect(await scheduling("article", "--beside", mine)).toBe(1);
  writeFileSync(join(out, "this-host"), identifyEdition(mine));
  expect(await scheduling("article", "--beside", other)).toBe(1);
  const refused = (folder: string) =>
    `notebooks must have been executed as they are now, on this data set: ${folder}; run \`scheduling-safety notebooks --data ${folder}\` first\n`;
  expect(complained).toBe([mine, other].map((folder) => `error: ${refused(folder)}`).join(""));
  expect(built).toEqual([]);
  expect(await scheduling("article", "--beside", mine)).toBe(0);
  expect(built).toEqual([["reference", "this host"]]);
  // A notebook, or the code behind it, has changed since.
  keys.now = "another";
  expect(await scheduling("article")).toBe(1);
  expect(complained).toContain("notebooks must have been executed as they are now");
  expect(built).toHaveLength(1);
});
