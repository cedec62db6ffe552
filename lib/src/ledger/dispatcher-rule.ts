import { experimentFolder } from "../tables/data-folder.ts";
import { factorsOf } from "../tables/experiment-declaration.ts";
import { type Dataset, load, type Validity, whyNotMeasured } from "../tables/load.ts";
import { brokenRules, dispatcherRule, type JudgedRun } from "../tables/validity.ts";
import type { Claim } from "./claim.ts";
import type { JudgedStudy } from "./evaluate-ledger.ts";
import { judgeInRounds } from "./judge-at-look.ts";
import { judgeable } from "./judgeable.ts";

/** What one experiment would lose to the rule. */
export interface DispatcherRuleEffect {
  readonly experiment: string;
  /** Valid by the rules that look at the host. */
  readonly runs: number;
  /** Of them, those with a late dispatcher: the rule would exclude them. */
  readonly late: number;
  /** The most it would exclude of one scenario's runs, as a share. */
  readonly mostOfOneShare: number;
  /** Claims that the experiment decides. */
  readonly claims: number;
  /** Claims whose verdict is another under the rule. */
  readonly changed: number;
  /** Those of them whose verdict is the opposite one. */
  readonly reversed: number;
  /** Their verdicts, such as "cliff: holds, under the rule not testable here"; null without any. */
  readonly changes: string | null;
}

/**
 * Tells what would change if runs with a late dispatcher were excluded, as they were from former data: the sensitivity of
 * runs and verdicts to a rule that this study has given up, one row an experiment of a data set. Former data count as
 * they would without the rule.
 *
 * @throws {DataError} naming a table that is damaged or altered, or whose values a claim cannot be judged by.
 */
export function dispatcherRuleEffect(
  folder: string,
  studies: readonly JudgedStudy[],
): DispatcherRuleEffect[] {
  const claims = studies.flatMap((study) => study.claims);
  const declarations = studies.flatMap(({ experiment }) => (experiment ? [experiment()] : []));
  return declarations.flatMap((declaration) => {
    if (declaration.simulated || whyNotMeasured(declaration, folder) !== null) return [];
    const own = claims.filter(({ experiment }) => experiment === declaration.name);
    const without = load(declaration, folder, byTheHost);
    const kept = rowsOf(without).filter(({ valid }) => valid === true);
    const late = kept.filter(isLate);
    const names = ["part", ...factorsOf(declaration)];
    const scenarioOf = (row: Row) => JSON.stringify(names.map((name) => row[name]));
    const lateByScenario = Map.groupBy(late, scenarioOf);
    const shares = [...Map.groupBy(kept, scenarioOf)].map(
      ([scenario, rows]) => (lateByScenario.get(scenario)?.length ?? 0) / rows.length,
    );
    const at = experimentFolder(declaration, folder);
    const changed =
      late.length === 0 ? [] : changes(own, at, without, load(declaration, folder, underTheRule));
    return {
      experiment: declaration.name,
      runs: kept.length,
      late: late.length,
      mostOfOneShare: Math.max(0, ...shares),
      claims: own.length,
      changed: changed.length,
      reversed: changed.filter(({ now, then }) => ![now, then].includes("not testable here")).length,
      changes: changed.length === 0 ? null : changed.map(({ told }) => told).join("; "),
    };
  });
}

/** Counts the runs of a data set that are valid by the host and that the rule would exclude. */
export function lateRuns(dataset: Dataset): number {
  return rowsOf(dataset).filter((row) => byTheHost(row) && isLate(row)).length;
}

type Row = Readonly<Record<string, unknown>>;

/** Valid by all rules but the dispatcher's, whichever were in force when the run was made. */
const byTheHost: Validity = ({ invalidReason }) =>
  invalidReason === null || brokenRules(String(invalidReason)).every((rule) => rule === dispatcherRule.name);

const underTheRule: Validity = (row) => byTheHost(row) && !isLate(row);

function isLate(row: Row): boolean {
  return dispatcherRule.broken(row as unknown as JudgedRun);
}

function rowsOf({ runs }: Dataset): Row[] {
  return runs.objects() as Row[];
}

function changes(claims: readonly Claim[], folder: string, without: Dataset, under: Dataset) {
  return claims.flatMap((claim) => {
    const verdictBy = (data: Dataset) => judgeable(claim, folder, () => judgeInRounds(claim, data)).verdict;
    const [now, then] = [verdictBy(without), verdictBy(under)];
    return now === then ? [] : [{ now, then, told: `${claim.id}: ${now}, under the rule ${then}` }];
  });
}
