import { type ColumnTable, from } from "arquero";
import {
  enoughReplicates,
  precisionRules,
  type RunOutcome,
  responseInterval,
} from "../../stats/precision.ts";
import type { Dataset } from "../../tables/load.ts";
import type { PrimaryResponse } from "../../tables/primary-response.ts";
import { cellOutcomes } from "./cell-outcomes.ts";

/**
 * Tells, by part of a design of fixed size, what ending replicates early would have saved and changed: the runs and the
 * time not spent; and, over the scenarios that would have ended early, how far the estimate at that moment lies from
 * that of all runs (p99: as a share of it; failure rate: in points of 100 %) in the middle and at most, and how many
 * intervals of that moment miss the estimate of all runs.
 */
export function hadItStopped(data: Dataset, { primary }: { readonly primary: PrimaryResponse }): ColumnTable {
  const cells = cellOutcomes(data, primary);
  const rows = data.manifest.parameters.parts.map(({ name }) => {
    const ends = cells.filter(({ part }) => part === name).map(({ runs }) => endOf(runs));
    const early = ends.filter(({ kept, all }) => kept < all);
    const changes = early.flatMap(({ change }) => (change === null ? [] : [change])).sort((a, b) => a - b);
    return {
      part: name,
      primary: primary.rule,
      scenarios: ends.length,
      endedEarly: early.length,
      runs: total(ends.map(({ all }) => all)),
      keptRuns: total(ends.map(({ kept }) => kept)),
      savedS: total(ends.map(({ savedMs }) => savedMs)) / 1000,
      medianChangeShare: changes[Math.floor(changes.length / 2)] ?? null,
      mostChangeShare: changes.at(-1) ?? null,
      missed: early.filter(({ missed }) => missed).length,
    };
  });
  return from(rows);
}

function endOf(runs: readonly { readonly wallMs: number; readonly outcome: RunOutcome | null }[]) {
  const outcomes: RunOutcome[] = [];
  let kept = 0;
  for (const { outcome } of runs) {
    kept++;
    if (outcome === null) continue;
    outcomes.push(outcome);
    if (enoughReplicates(outcomes)) break;
  }
  const all = runs.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]));
  const then = responseInterval(outcomes);
  const final = responseInterval(all)?.estimate ?? null;
  const comparable = then !== null && final !== null;
  return {
    kept,
    all: runs.length,
    savedMs: total(runs.slice(kept).map(({ wallMs }) => wallMs)),
    change: comparable ? changeOf(then.estimate, final, all[0]?.rule ?? "p99") : null,
    missed: comparable && (final < then.low || final > then.high),
  };
}

function changeOf(then: number, final: number, rule: keyof typeof precisionRules): number {
  const change = Math.abs(then - final);
  return precisionRules[rule].scale === "relative" ? change / Math.abs(final) : change;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
