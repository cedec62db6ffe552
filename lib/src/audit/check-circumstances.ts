import type { Manifest } from "../tables/manifest.ts";
import type { RunOfTable } from "./run-of-table.ts";

/** Nothing was measured before there was anything to measure with. */
const firstDay = "2026-11-21";

/** No machine starts anew in less; a campaign that was stopped for longer may go on where counters begin at 0 again. */
const restartMs = 5000;

/** Checks that a campaign was when it can have been, and that the counters of its host went on meanwhile. */
export function checkCircumstances(
  { date, conditions: { before, after } }: Pick<Manifest, "date" | "conditions">,
  rows: readonly RunOfTable[],
): string[] {
  // A day more, for clocks and time zones that differ.
  const lastDay = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const problems =
    date > lastDay || date < firstDay
      ? [`manifest says date is ${date}; campaigns are from ${firstDay} on, and not after ${lastDay}`]
      : [];
  const [first, last] = [before.pressure?.totalUs ?? 0, after.pressure?.totalUs ?? Number.POSITIVE_INFINITY];
  if (last < first && longestPauseMs(rows) < restartMs) {
    problems.push(
      `manifest says conditions.after.pressure.totalUs is ${last}, less than before the campaign, ${first}, though its host was not started anew`,
    );
  }
  return problems;
}

function longestPauseMs(rows: readonly RunOfTable[]): number {
  const inTime = rows
    .map(({ startedMs, wallMs }) => [Number(startedMs), Number(startedMs) + Number(wallMs)] as const)
    .sort(([a], [b]) => a - b);
  return Math.max(0, ...inTime.map(([started], i) => started - (inTime[i - 1]?.[1] ?? 0)));
}
