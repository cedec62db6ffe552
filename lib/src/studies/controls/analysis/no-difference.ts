import { type Equivalence, equivalenceTest } from "../../../stats/equivalence-test.ts";
import { quantile as quantileOfRun } from "../../../stats/quantile.ts";
import { confidenceLevel } from "../../../summary/confidence-level.ts";
import type { Runs } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { type ControlsData, controlRuns, probedSystems } from "./control-runs.ts";

export type LabelDifference = ReturnType<typeof noDifference>[number];

const quantiles = [
  { quantile: "p50", p: 0.5 },
  { quantile: "p99", p: 0.99 },
] as const;

/** Labels that differ by less than a fiftieth of the probes' sleep, 0.2 ms, differ by nothing that the study reads. */
export const alikeWithinMs = 0.2;

/** Share of the runs left out at each end: one run in ten of a healthy system has a tail of its own. */
const trim = 0.2;

/** With fewer runs of each label, too few are left between the ends. */
const fewestRuns = 6;

/**
 * Sets two labels of one system against each other, by system and quantile: the trimmed mean over runs of each run's
 * quantile, their difference b − a (ms) with its interval, and the larger p-value of two one-sided tests that they differ by
 * less than {@link alikeWithinMs}. By long probes where they were measured. There is nothing to find.
 */
export function noDifference(data: ControlsData) {
  return probedSystems.flatMap((system) => {
    const [a, b] = (["a", "b"] as const).map((label) => probesOf(data, system, label));
    if (!a || !b || a.length === 0 || b.length === 0) return [];
    return quantiles.map(({ quantile, p }) => {
      const test = testOf(a, b, p);
      const { difference, low, high } = test ?? { difference: null, low: null, high: null };
      return {
        system,
        quantile,
        runsA: a.length,
        runsB: b.length,
        ...intervalColumns("difference", "Ms", { estimate: difference, low, high }),
        pValue: test?.pValue ?? null,
      };
    });
  });
}

function probesOf(data: ControlsData, system: (typeof probedSystems)[number], label: "a" | "b"): Runs {
  const long = controlRuns(data, "overhead", { system, label, program: "long probe" });
  return long.length > 0 ? long : controlRuns(data, "overhead", { system, label });
}

function testOf(a: Runs, b: Runs, p: number): Equivalence | null {
  const ofRuns = (runs: Runs) =>
    runs.flatMap((run) => {
      const found = quantileOfRun(run, p, { minTail: 0 });
      return found === null ? [] : [found.estimate * 1e-6];
    });
  const [of, to] = [ofRuns(b), ofRuns(a)];
  if (Math.min(of.length, to.length) < fewestRuns) return null;
  const margin = { from: -alikeWithinMs, to: alikeWithinMs };
  return equivalenceTest(of, to, margin, (1 - confidenceLevel()) / 2, trim);
}
