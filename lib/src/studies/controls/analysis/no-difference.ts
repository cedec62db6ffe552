import { holm } from "../../../stats/holm.ts";
import { quantileDifferenceTest } from "../../../stats/permutation-test.ts";
import { seededRandom } from "../../../stats/random.ts";
import { differenceOf, factorOf, quantileOf } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { type ControlsData, controlRuns, probedSystems } from "./control-runs.ts";

export type LabelDifference = ReturnType<typeof noDifference>[number];

const quantiles = [
  { quantile: "p50", p: 0.5 },
  { quantile: "p99", p: 0.99 },
] as const;

/** With fewer runs of each label, no arrangement of them is rare enough to be a finding among eight tests. */
const fewestRuns = 6;

/**
 * Sets two labels of one system against each other, by system and quantile: both quantiles, their ratio b : a and
 * difference, and the p-value of a permutation of whole runs, alone and adjusted for all rows. Whatever is found is a
 * false alarm: there is nothing to find.
 */
export function noDifference(data: ControlsData) {
  const random = seededRandom(161);
  const rows = probedSystems.flatMap((system) => {
    const [a, b] = (["a", "b"] as const).map((label) => controlRuns(data, "overhead", { system, label }));
    if (!a || !b || a.length === 0 || b.length === 0) return [];
    return quantiles.map(({ quantile, p }) => ({
      system,
      quantile,
      runsA: a.length,
      runsB: b.length,
      ...intervalColumns("a", "Ms", quantileOf(a, p), 1e-6),
      ...intervalColumns("b", "Ms", quantileOf(b, p), 1e-6),
      ...intervalColumns("ratio", "", factorOf(b, a, p)),
      ...intervalColumns("difference", "Ms", differenceOf(b, a, p), 1e-6),
      pValue: Math.min(a.length, b.length) >= fewestRuns ? quantileDifferenceTest(a, b, p, { random }) : null,
    }));
  });
  const tested = rows.flatMap(({ pValue }) => (pValue === null ? [] : [pValue]));
  const adjusted = holm(tested);
  let next = 0;
  return rows.map((row) => ({
    ...row,
    adjusted: row.pValue === null ? null : Number((adjusted[next++] as number).toFixed(3)),
  }));
}
