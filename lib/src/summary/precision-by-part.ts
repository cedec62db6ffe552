import { sum } from "simple-statistics";
import { precisionReached, precisionRules } from "../stats/precision.ts";
import { cellOutcomes, type ReplicatedData } from "./cell-outcomes.ts";

/**
 * Tells, by part of the design, how precisely the primary response is known and what ending replicates early saved: how
 * many scenarios are as precise as the rule asks, the precision of the middle and of the worst one (a relative error of
 * p99, or of a failure rate in points of 100 %; null where runs carry no interval), the runs made of those the fixed design
 * has, and the time those not made would have taken.
 */
export function precisionByPart(data: ReplicatedData) {
  const { parts } = data.manifest.parameters;
  const { rule } = data.declaration.primary;
  const cells = cellOutcomes(data);
  return parts.map(({ name, replicates }) => {
    const own = cells.filter(({ part }) => part === name);
    const precision = own.map(({ runs }) =>
      precisionReached(runs.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]))),
    );
    const ascending = precision.toSorted((a, b) => a - b);
    const savedMs = own.map(({ runs }) => {
      const wallMs = sum(runs.map((run) => run.wallMs));
      return ((replicates - runs.length) * wallMs) / runs.length;
    });
    return {
      part: name,
      primary: rule,
      scenarios: own.length,
      precise: precision.filter((value) => value <= precisionRules[rule].within).length,
      medianShare: finite(ascending[Math.floor(ascending.length / 2)]),
      worstShare: finite(ascending.at(-1)),
      runs: sum(own.map(({ runs }) => runs.length)),
      fixedRuns: own.length * replicates,
      savedS: sum(savedMs) / 1000,
    };
  });
}

/** One experiment of `closingPrecision`. */
export type ClosingPrecision = ReturnType<typeof closingPrecision>[number];

/**
 * Sums up `precisionByPart` by experiment: how many scenarios are as precise as the rule asks, the runs made of those a
 * fixed design would have, and the time saved (min).
 */
export function closingPrecision(measurements: readonly ReplicatedData[]) {
  return measurements.map((data) => {
    const parts = precisionByPart(data);
    const runs = sum(parts.map((part) => part.runs));
    const fixedRuns = sum(parts.map((part) => part.fixedRuns));
    return {
      experiment: data.experiment,
      primary: data.declaration.primary.rule,
      scenarios: sum(parts.map(({ scenarios }) => scenarios)),
      precise: sum(parts.map(({ precise }) => precise)),
      runs,
      fixedRuns,
      savedShare: 1 - runs / fixedRuns,
      savedMin: Number((sum(parts.map(({ savedS }) => savedS)) / 60).toFixed(1)),
    };
  });
}

function finite(value = Number.POSITIVE_INFINITY): number | null {
  return Number.isFinite(value) ? value : null;
}
