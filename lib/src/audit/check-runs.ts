import * as v from "valibot";
import type { Plan } from "../harness/plan.ts";
import { parseData } from "../measure/parse-json.ts";
import { columnOf } from "../tables/column-of.ts";
import type { Manifest } from "../tables/manifest.ts";
import type { ReadTable } from "../tables/read-table.ts";
import {
  brokenRules,
  invalidReason,
  isByHarness,
  type JudgedRun,
  rulesStated,
  type ValidityRule,
} from "../tables/validity.ts";

type Row = Readonly<Record<string, unknown>>;

/**
 * Checks each run's row: it is the planned run of its number, it took time, and it is valid or not by the rules.
 *
 * @param plan null where the design has changed since
 * @returns one message a kind of problem, with the first run that has it
 */
export function checkRuns(manifest: Manifest, runs: ReadTable, plan: Plan | null): string[] {
  const names = Object.keys(runs.columns);
  const rows = Array.from(
    { length: runs.rows },
    (_, row): Row => Object.fromEntries(names.map((name) => [name, columnOf(runs.columns, name)[row]])),
  );
  // Statements that are unknown are told of by themselves; the runs are judged by the others then.
  const rules = rulesStated(manifest.validityRules.filter((one) => rulesStated([one]) !== null)) ?? [];
  const checks: readonly ((row: Row) => string | null)[] = [
    ...(plan === null ? [] : [(row: Row) => checkPlace(row, plan)]),
    checkTimes,
    (row) => checkVerdict(row, manifest),
    (row) => checkRules(row, rules),
  ];
  return checks.flatMap((check) => {
    const found = rows.flatMap((row) => {
      const problem = check(row);
      return problem === null ? [] : [`run ${row["run"]} ${problem}`];
    });
    const [first] = found;
    return first === undefined
      ? []
      : [found.length === 1 ? first : `${first} (and ${found.length - 1} more runs)`];
  });
}

function checkPlace(row: Row, { jobs }: Plan): string | null {
  const job = jobs[Number(row["run"])];
  if (job === undefined) return "is not in the plan";
  const { scenario, ...place } = job;
  const planned = Object.entries({ ...place, ...scenario });
  const different = planned.find(([name, value]) => row[name] !== value);
  return different ? `has ${different[0]} ${row[different[0]]}; planned was ${different[1]}` : null;
}

function checkTimes({ startedMs, wallMs }: Row): string | null {
  if (!(Number(wallMs) > 0)) return `has wallMs ${wallMs}: it took no time`;
  return Number.isFinite(startedMs) ? null : `has startedMs ${startedMs}`;
}

function checkVerdict(
  { valid, invalidReason: reason }: Row,
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
function checkRules(row: Row, rules: readonly ValidityRule[]): string | null {
  const { invalidReason: reason } = row;
  if (typeof reason === "string" && brokenRules(reason).some(isByHarness)) return null;
  const again = invalidReason(parseData(row, judgedRun, rowSource), rules);
  return again === reason
    ? null
    : `is invalid for ${reason ?? "no reason"}; by its conditions it is for ${again ?? "none"}`;
}
