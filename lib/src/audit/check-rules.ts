import { isDeepStrictEqual } from "node:util";
import { brokenRules, dispatcherRule, validityRules } from "../tables/validity.ts";

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
 * Checks that a manifest states the rules of this code, or those of former data: all of them, in their words. A campaign
 * chooses no rules.
 */
export function checkStatedRules(statements: readonly string[]): string[] {
  if ([validityRules, formerRules].some((known) => isDeepStrictEqual(known, statements))) return [];
  const foreign = statements.find((one) => ![...validityRules, ...formerRules].includes(one));
  const what =
    foreign === undefined
      ? "manifest states validity rules that no campaign had together"
      : `manifest states a validity rule that is not of this code: ${JSON.stringify(foreign)}`;
  return [what];
}
