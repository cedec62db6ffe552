import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readmeFinding, studyTable, withGenerated } from "../../src/cli/readme-parts.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { order } from "../../src/studies/order.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { writeCatalogue } from "../../src/studies/write-catalogue.ts";
import { experiment } from "../harness/fixtures/countdown.ts";

const studies = join(projectRoot, "lib", "src", "studies");

function foldersOf(names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "studies-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of names) mkdirSync(join(folder, name));
  return folder;
}

test("the committed catalogue is what the folders give (else run `make generate`)", () => {
  expect(readFileSync(join(studies, "catalogue.ts"), "utf8")).toBe(writeCatalogue(studies));
});

test("a folder without a place in the article, and a place without a folder, are refused by name", () => {
  expect(() => writeCatalogue(foldersOf([...order, "unheard-of"]))).toThrow(
    "study has no place in the article: unheard-of; name it in studies/order.ts",
  );
  expect(() => writeCatalogue(foldersOf(order.slice(1)))).toThrow(`study is missing`);
});

test("the README's table has a line for each study that measures, and nothing around it changes", () => {
  const module = new URL("file:///countdown.ts");
  const countdown = defineStudy({ name: "countdown", module, experiment, claims: [], figures: {} });
  const idea = defineStudy({ name: "idea", claims: [], figures: {} });
  const [begin, end] = [
    "<!-- studies: written by `scheduling-safety generate` -->",
    "<!-- end of studies -->",
  ];
  const text = `before\n${begin}\nold\n${end}\nafter`;
  expect(withGenerated(text, "studies", studyTable([countdown, idea]))).toBe(
    [
      `before\n${begin}`,
      "",
      "| study | question |",
      "|---|---|",
      "| [`countdown`](lib/src/studies/countdown/) | Does the harness lose anything? |",
      "",
      `${end}\nafter`,
    ].join("\n"),
  );
  expect(() => withGenerated("nothing", "studies", "")).toThrow("README has no place for its studies");
});

test("the README's finding takes its numbers from the notebooks, and names one that they do not hand on", () => {
  expect(() => readmeFinding({})).toThrow(
    "value of the README is missing: scheduling-delay.p99RunQueueBelowMs; run `make notebooks`",
  );
});
