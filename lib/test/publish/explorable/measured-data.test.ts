import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { projectRoot } from "../../../src/measure/project-root.ts";
import type { Edition } from "../../../src/publish/article/edition.ts";
import { cliffData } from "../../../src/publish/explorable/cliff/cliff-data.ts";
import { convoyData } from "../../../src/publish/explorable/convoy/convoy-data.ts";
import { cureData } from "../../../src/publish/explorable/cure/cure-data.ts";
import { medianData } from "../../../src/publish/explorable/median/median-data.ts";

const figures = join(projectRoot, "figures");
const shown = [
  "scheduling-delay-overhead",
  "mutex-convoy-failures",
  "remedies-victims",
  "remedies-throughput",
] as const;

function edition(name: string, folder: string, ids: readonly string[]): Edition {
  const exhibits = new Map(ids.map((id) => [id, { id, notebook: "", cell: "" }]));
  const source = { name, description: "", notebooks: "", figures: folder, values: "" };
  return { source, values: new Map(), exhibits, origins: new Map() };
}
const reference = edition("reference", figures, shown);

/** An edition whose figures are the reference's, changed. */
function changed(change: (json: string) => string): Edition {
  const folder = mkdtempSync(join(tmpdir(), "figures-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const id of shown) {
    writeFileSync(join(folder, `${id}.json`), change(readFileSync(join(figures, `${id}.json`), "utf8")));
    writeFileSync(join(folder, `${id}.svg`), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  }
  return edition("this host", folder, shown);
}

/** Which editions each explorable shows. */
async function namesIn(editions: readonly Edition[]): Promise<string[][]> {
  const { measured } = await cliffData(editions);
  const all = [
    measured["run-queue"],
    measured.pinned,
    await medianData(editions),
    await convoyData(editions),
    await cureData(editions),
  ];
  return all.map((each) => each.map(({ name }) => name));
}

const alone = ["reference"];
const both = ["reference", "this host"];

test("every edition that measured what an explorable shows stands in it", async () => {
  expect(await namesIn([reference, changed((json) => json)])).toEqual([both, both, both, both, both]);
});

test("an edition that did not measure an experiment, or a part of it, is left out, and the rest is shown", async () => {
  expect(await namesIn([reference, edition("this host", "none", [])])).toEqual([
    alone,
    alone,
    alone,
    alone,
    alone,
  ]);
  const quick = changed((json) =>
    json.replaceAll("<b>sleep</b>", "<b>nap</b>").replaceAll("<b>pinned</b>", ""),
  );
  expect(await namesIn([reference, quick])).toEqual([both, alone, both, both, alone]);
});

test("the reference shows everything: what it lacks is told", async () => {
  const lacking = changed((json) => json.replaceAll("<b>sleep</b>", "<b>nap</b>"));
  await expect(cureData([lacking])).rejects.toThrow("figure must have a panel of sleep");
});

test("marks belong to the remedy that is written beside their line, wherever it stands", async () => {
  const swapped = changed((json) =>
    json.replaceAll('"as is"', '"?"').replaceAll('"isolated"', '"as is"').replaceAll('"?"', '"isolated"'),
  );
  const [before, after] = await cureData([reference, swapped]);
  const late = (remedy: string, cures = before?.cures) =>
    cures?.find((cure) => cure.remedy === remedy)?.p95Ms;
  expect(late("as-is", after?.cures)).toBe(late("isolated"));
  expect(late("isolated", after?.cures)).toBe(late("as-is"));
  expect(late("as-is")).not.toBe(late("isolated"));
});
