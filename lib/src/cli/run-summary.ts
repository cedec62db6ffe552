import type { Experiment } from "../design/experiment.ts";
import { estimateText } from "../ledger/claims-table.ts";
import { evaluateLedger, type LedgerRow } from "../ledger/evaluate-ledger.ts";
import { quantile } from "../stats/quantile.ts";
import type { Study } from "../studies/study.ts";
import { type CellOutcomes, cellOutcomes } from "../summary/cell-outcomes.ts";
import { threeDigits } from "../summary/three-digits.ts";
import { load, whyNotMeasured } from "../tables/load.ts";
import type { Manifest } from "../tables/manifest.ts";
import { textTable } from "./text-table.ts";
import { verdictJson } from "./verdict-json.ts";

/** What the valid runs of one scenario say together; null where there is none. */
interface ScenarioSummary {
  readonly part: string;
  readonly levels: CellOutcomes["levels"];
  readonly valid: number;
  readonly runs: number;
  /** Where the response is a duration. */
  readonly p50Ms?: number | null;
  readonly p99Ms?: number | null;
  /** p99 over the least p99 of the experiment. */
  readonly ratio?: number | null;
  /** Where the response is success or failure. */
  readonly failureRate?: number | null;
}

/** What a finished campaign says at first sight. */
export interface RunSummary {
  readonly experiment: string;
  readonly folder: string;
  readonly runs: Manifest["runs"];
  readonly scenarios: readonly ScenarioSummary[];
  readonly claims: readonly LedgerRow[];
}

/** Sums up a campaign that has just finished, from its tables. */
export function summariseRun(
  out: string,
  study: Study,
  experiment: Experiment,
  { runs }: Manifest,
): RunSummary {
  const measured = whyNotMeasured(experiment, out) === null;
  const cells = measured ? cellOutcomes(load(experiment, out)) : [];
  return {
    experiment: experiment.name,
    folder: out,
    runs,
    scenarios: withRatios(cells.map(summariseScenario)),
    claims: evaluateLedger(out, [study]),
  };
}

/** Spells a summary for a program. */
export function asJson({ claims, ...summary }: RunSummary) {
  return { ...summary, claims: claims.map(verdictJson) };
}

/** Lays a summary out for a person: the scenarios, or those at both ends of many, and the claims. */
export function describeSummary({ scenarios, claims }: RunSummary): string {
  return [...describeScenarios(scenarios), ...describeClaims(claims)].join("\n");
}

function summariseScenario({ part, levels, runs }: CellOutcomes): ScenarioSummary {
  const outcomes = runs.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]));
  const durations = outcomes.filter((run) => run.rule === "p99").map(({ durationsNs }) => durationsNs);
  const counts = outcomes.filter((run) => run.rule === "failureRate");
  const known = { part, levels, valid: outcomes.length, runs: runs.length };
  if (durations.length > 0) {
    const all = Float64Array.from(durations.flatMap((each) => Array.from(each)));
    const ms = (p: number, minTail: number) => {
      const found = quantile(all, p, { minTail });
      return found && found.estimate / 1e6;
    };
    return { ...known, p50Ms: ms(0.5, 0), p99Ms: ms(0.99, 1) };
  }
  const trials = counts.reduce((sum, run) => sum + run.trials, 0);
  const failed = counts.reduce((sum, run) => sum + run.failed, 0);
  return counts.length === 0 ? known : { ...known, failureRate: trials > 0 ? failed / trials : null };
}

function withRatios(scenarios: readonly ScenarioSummary[]): ScenarioSummary[] {
  const known = scenarios.flatMap(({ p99Ms }) => (typeof p99Ms === "number" && p99Ms > 0 ? [p99Ms] : []));
  const least = Math.min(...known);
  return scenarios.map((scenario) =>
    typeof scenario.p99Ms === "number" && known.length > 0
      ? { ...scenario, ratio: scenario.p99Ms / least }
      : scenario,
  );
}

/** More scenarios than this are told by their ends. */
const mostRows = 12;

function describeScenarios(scenarios: readonly ScenarioSummary[]): string[] {
  const factors = Object.keys(scenarios[0]?.levels ?? {}).filter(
    (factor) => new Set(scenarios.map(({ levels }) => levels[factor])).size > 1,
  );
  const levelsOf = ({ levels }: ScenarioSummary) => factors.map((factor) => String(levels[factor]));
  // Two parts may hold the same scenario: then the part tells which is meant.
  const isToldApart = new Set(scenarios.map((each) => levelsOf(each).join("\n"))).size === scenarios.length;
  const isDuration = scenarios.some(({ p99Ms }) => p99Ms !== undefined);
  const measures = isDuration ? ["p50 ms", "p99 ms", "× least p99"] : ["failed"];
  const sorted = scenarios.toSorted((a, b) => responseOf(a) - responseOf(b));
  const omitted = sorted.length > mostRows ? sorted.length - mostRows : 0;
  const shown = omitted > 0 ? [...sorted.slice(0, mostRows / 2), ...sorted.slice(-mostRows / 2)] : sorted;
  const rows = shown.map((each) => [
    ...(isToldApart ? [] : [each.part]),
    ...levelsOf(each),
    `${each.valid}/${each.runs}`,
    ...(isDuration
      ? [number(each.p50Ms), number(each.p99Ms), number(each.ratio)]
      : [typeof each.failureRate === "number" ? `${(100 * each.failureRate).toFixed(1)} %` : "–"]),
  ]);
  if (rows.length === 0) return [];
  const columns = [...(isToldApart ? [] : ["part"]), ...factors, "valid runs", ...measures];
  const [header, ...lines] = textTable([columns, ...rows]);
  if (omitted > 0) lines.splice(mostRows / 2, 0, `… ${omitted} scenarios between; --json shows all`);
  return [`${header}`, ...lines].map((line) => `  ${line}`);
}

function responseOf({ p99Ms, failureRate }: ScenarioSummary): number {
  return p99Ms ?? failureRate ?? Number.POSITIVE_INFINITY;
}

function number(value: number | null | undefined): string {
  return typeof value === "number" ? threeDigits(value) : "–";
}

function describeClaims(claims: readonly LedgerRow[]): string[] {
  const decided = claims.filter(({ verdict }) => verdict !== "not testable here");
  const open = claims.length - decided.length;
  const rows = decided.map((row) => [
    `  ${row.verdict}${row.asExpected === false ? ", against expectation" : ""}`,
    row.claim.id,
    estimateText(row),
  ]);
  const rest = open === 0 ? [] : [`  ${open} of ${claims.length} claims are not testable with these data`];
  return [...textTable(rows), ...rest];
}
