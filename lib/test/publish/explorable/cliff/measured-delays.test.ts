import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../../../src/measure/project-root.ts";
import { measuredDelays, measuredFigure } from "../../../../src/publish/explorable/cliff/cliff-data.ts";

const json = readFileSync(join(projectRoot, "figures", `${measuredFigure}.json`), "utf8");

const levels = [0, 1, 2, 3, 4, 5, 6];

test.each([
  ["run-queue", 0],
  ["pinned", 1],
] as const)("%s has p50 and p99 with their intervals for every number of blockers", (executor, first) => {
  const { p50, p99 } = measuredDelays(json, executor);
  expect(p99.map(({ blockers }) => blockers)).toEqual(levels);
  // Pinned timers may fire early as often as late where nobody blocks: such a median has no place on a logarithmic axis.
  expect(p50.map(({ blockers }) => blockers).filter((blockers) => blockers >= first)).toEqual(
    levels.slice(first),
  );
  for (const delays of [p50, p99]) {
    for (const { value, low, high } of delays) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
  }
  const tails = new Map(p99.map(({ blockers, value }) => [blockers, value]));
  expect(p50.every(({ blockers, value }) => value <= (tails.get(blockers) ?? 0))).toBe(true);
});

test("an executor without a panel is an error that names it", () => {
  expect(() => measuredDelays(json, "tokio")).toThrow(`${measuredFigure}: figure must have a panel of tokio`);
});
