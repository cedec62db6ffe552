import { isDeepStrictEqual } from "node:util";
import type { ExperimentTables } from "../tables/read-experiment.ts";
import { brokenRules, dispatcherRule, validityRules } from "../tables/validity.ts";
import { isFormer } from "./former-data.ts";

/** Rules of today that former campaigns did not have. */
const since = ["stall", "suspended", "frozen", "instrument"];

/** Former campaigns had the dispatcher's rule as the last of those that look at conditions. */
const formerRules = validityRules
  .filter((statement) => !brokenRules(statement).some((name) => since.includes(name)))
  .flatMap((statement) =>
    statement.startsWith("time limit:")
      ? [`${dispatcherRule.name}: ${dispatcherRule.breach}`, statement]
      : [statement],
  );

/**
 * Checks that a manifest states the rules of this code, or for former data those of then: all of them, in their words. A
 * campaign chooses no rules.
 */
export function checkStatedRules(
  statements: readonly string[],
  tables: Pick<ExperimentTables, "describedRuns">,
): string[] {
  const own = isFormer(tables) ? formerRules : validityRules;
  if (isDeepStrictEqual(own, statements)) return [];
  const foreign = statements.find((one) => !own.includes(one));
  return [
    foreign === undefined
      ? "manifest states validity rules that its campaign did not have together"
      : `manifest states a validity rule that its campaign did not have: ${JSON.stringify(foreign)}`,
  ];
}
