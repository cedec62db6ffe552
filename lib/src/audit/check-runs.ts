import * as v from "valibot";
import type { Plan } from "../harness/plan.ts";
import { parseData } from "../measure/parse-json.ts";
import type { Manifest } from "../tables/manifest.ts";
import {
  brokenRules,
  invalidReason,
  isByHarness,
  type JudgedRun,
  rulesStated,
  type ValidityRule,
} from "../tables/validity.ts";
import { checkConditions } from "./check-conditions.ts";
import { checkFailed } from "./check-failed-runs.ts";
import type { RunOfTable } from "./run-of-table.ts";

/**
 * Checks each run's row: it is the planned run of its number, its conditions are possible, and it is valid or not by the rules.
 *
 * @param samples how many each run has, by its row
 * @param plan null where the design has changed since
 * @returns one message a kind of problem, with the first run that has it
 */
export function checkRuns(
  manifest: Manifest,
  rows: readonly RunOfTable[],
  samples: ArrayLike<number>,
  plan: Plan | null,
): string[] {
  // Statements that are unknown are told of by themselves; the runs are judged by the others then.
  const rules = rulesStated(manifest.validityRules.filter((one) => rulesStated([one]) !== null)) ?? [];
  const checks: readonly ((row: RunOfTable, at: number) => string | null)[] = [
    ...(plan === null ? [] : [(row: RunOfTable) => checkPlace(row, plan)]),
    checkConditions,
    (row) => checkVerdict(row, manifest),
    (row) => checkRules(row, rules),
    (row, at) => checkFailed(row, samples[at] as number),
  ];
  return checks.flatMap((check) => {
    const found = rows.flatMap((row, at) => {
      const problem = check(row, at);
      return problem === null ? [] : [`run ${row["run"]} ${problem}`];
    });
    const [first] = found;
    return first === undefined
      ? []
      : [found.length === 1 ? first : `${first} (and ${found.length - 1} more runs)`];
  });
}

function checkPlace(row: RunOfTable, { jobs }: Plan): string | null {
  const job = jobs[Number(row["run"])];
  if (job === undefined) return "is not in the plan";
  const { scenario, ...place } = job;
  const planned = Object.entries({ ...place, ...scenario });
  const different = planned.find(([name, value]) => row[name] !== value);
  return different ? `has ${different[0]} ${row[different[0]]}; planned was ${different[1]}` : null;
}

function checkVerdict(
  { valid, invalidReason: reason }: RunOfTable,
  { validityRules: rules }: Manifest,
): string | null {
  if (valid !== (reason === null)) return `is ${valid ? "valid" : "invalid"} for the reason ${reason}`;
  const names = new Set(rules.map((rule) => rule.replace(/:.*$/, "")));
  const unknown = reason === null ? undefined : brokenRules(String(reason)).find((rule) => !names.has(rule));
  return unknown === undefined ? null : `broke a rule that the manifest does not have: ${unknown}`;
}

/** Tables that were measured earlier know fewer conditions. */
const condition = v.optional(v.nullable(v.number()), null);
const judgedRun: v.GenericSchema<unknown, JudgedRun> = v.object({
  wallMs: v.number(),
  stealShare: condition,
  pressureShare: condition,
  otherCpuShare: condition,
  canaryLateP99Ns: condition,
  canaryLateMaxNs: condition,
  stallLongestNs: condition,
  stallShare: condition,
  suspendedMs: condition,
  gcMainCount: condition,
  gcMainNs: condition,
  gcMainLongestNs: condition,
  gcMainMajorNs: condition,
  gcWorkersCount: condition,
  gcWorkersNs: condition,
  gcWorkersLongestNs: condition,
  gcWorkersMajorNs: condition,
  dispatcherDelayP99Ns: condition,
  lostSamples: v.number(),
});
const rowSource = { noun: "row of a run", remedy: "measure again" };

/** The conditions of a run are in its row: the rules can be applied again. */
function checkRules(row: RunOfTable, rules: readonly ValidityRule[]): string | null {
  const { invalidReason: reason } = row;
  if (typeof reason === "string" && brokenRules(reason).some(isByHarness)) return null;
  const again = invalidReason(parseData(row, judgedRun, rowSource), rules);
  return again === reason
    ? null
    : `is invalid for ${reason ?? "no reason"}; by its conditions it is for ${again ?? "none"}`;
}
