import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { projectRoot } from "../../src/measure/project-root.ts";

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly strategy?: { readonly matrix: { readonly cell: readonly string[] } };
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const read = (name: string) => readFileSync(join(projectRoot, name), "utf8");
const { on, jobs } = parse(read(".github/workflows/study.yml")) as {
  readonly on: { readonly push: object; readonly pull_request: null; readonly schedule: readonly object[] };
  readonly jobs: { readonly [name: string]: Job };
};
const linesOf = ({ steps }: Job) => steps.flatMap(({ run }) => run?.trim().split("\n") ?? []);
const actionsOf = ({ steps }: Job) => steps.flatMap(({ uses }) => uses?.split("@")[0] ?? []);

test("public continuous integration tests every change as the README says, and publishes the page of main", () => {
  const { test: tested, publish } = jobs as { readonly test: Job; readonly publish: Job };
  expect(on).toMatchObject({ push: { branches: ["main"] }, pull_request: null });
  expect(linesOf(tested)).toEqual(expect.arrayContaining([".ci/run", "make article"]));
  expect(read(".ci/run")).toMatch(/^make (--jobs=\d+ )?test$/m);
  expect(actionsOf(tested)).toContain("actions/upload-pages-artifact");
  expect(publish).toMatchObject({ needs: "test", if: expect.stringContaining("refs/heads/main") });
  expect(actionsOf(publish)).toEqual(["actions/deploy-pages"]);
});

test("advisories are asked for every week", () => {
  expect(on.schedule).not.toEqual([]);
  expect(Object.values(jobs).flatMap(linesOf)).toContain("npm audit --audit-level=high");
});

test("what it makes are targets, and its cells those of the matrix", () => {
  const targets = Object.values(jobs)
    .flatMap(linesOf)
    .flatMap((line) => /^make (\S+)/.exec(line)?.[1] ?? []);
  expect(targets).toEqual(expect.arrayContaining(["article", "faults", "matrix"]));
  const makefile = read("Makefile");
  for (const target of targets) expect(makefile).toMatch(new RegExp(`^${target}:`, "m"));
  const [, known = ""] = /^all=\((.*)\)$/m.exec(read(".ci/matrix")) ?? [];
  const cells = Object.values(jobs).flatMap(({ strategy }) => strategy?.matrix.cell ?? []);
  expect(cells).not.toEqual([]);
  expect(known.split(" ")).toEqual(expect.arrayContaining(cells));
});
