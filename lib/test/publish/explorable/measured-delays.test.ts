import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../../src/measure/project-root.ts";
import { measuredDelays, measuredFigure } from "../../../src/publish/explorable/measured-delays.ts";

const json = readFileSync(join(projectRoot, "figures", `${measuredFigure}.json`), "utf8");

test.each(["run-queue", "pinned"])(
  "%s has p50 and p99 with their intervals for every number of blockers",
  (executor) => {
    const { p50, p99 } = measuredDelays(json, executor);
    for (const delays of [p50, p99]) {
      expect(delays.map(({ blockers }) => blockers)).toEqual([0, 1, 2, 3, 4, 5, 6]);
      for (const { ms, lowMs, highMs } of delays) {
        expect(lowMs).toBeLessThanOrEqual(ms);
        expect(highMs).toBeGreaterThanOrEqual(ms);
      }
    }
    expect(p50.every(({ ms }, i) => ms <= (p99[i]?.ms ?? 0))).toBe(true);
  },
);

test("an executor without a panel is an error that names it", () => {
  expect(() => measuredDelays(json, "tokio")).toThrow(`${measuredFigure}: figure must have a panel of tokio`);
});
