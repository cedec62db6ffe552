import type { Conditions } from "../measure/watch-conditions.ts";

/** What rules look at: a run's conditions, and what it tells of itself. */
export interface JudgedRun extends Conditions {
  readonly lostSamples: number;
  /** p99 of how late the dispatcher handed over due wake-ups (ns); null where there is no dispatcher. */
  readonly dispatcherDelayP99Ns: number | null;
}

/** Something that makes a run invalid. */
export interface ValidityRule {
  readonly name: string;
  /** What breaks the rule, for the manifest. */
  readonly breach: string;
  readonly broken: (run: JudgedRun) => boolean;
  readonly found: (run: JudgedRun) => string;
}

const stealLimit = 0.02;
const otherCpuLimit = 0.1;
const pressureLimit = 0.75;
const stallLimit = 0.02;
const suspendedLimitMs = 100;
const dispatcherDelayLimitMs = 5;

/**
 * What makes a run invalid, fixed before the data were taken. An unknown condition breaks no rule. Every rule looks at the
 * host or at the instrument, and none at the response: a rule that looks at delays throws away what a study of delays is
 * about.
 *
 * Steal and other load speak of the host alone: they catch neighbours, and on an idle host stay within 0.05 of
 * zero. Pressure counts the run's own threads too, whose number may exceed the cores by design: healthy runs
 * of 4 workers on 2 idle cores read 0.06 to 0.37. Its limit leaves them room and catches what the other two
 * cannot see, such as threads that wait for a control group's quota.
 *
 * Stalls are what an idle thread beside the run was late by and the run itself does not explain, so that
 * tasks that compute on every core stall nothing. They are held to the limit of steal, as they are the same thing seen
 * from within: a hypervisor that does not say what it takes, a stop, another program's bursts. How long a run took is no
 * rule: runs beyond the cliff take longer by design.
 */
const rules: readonly ValidityRule[] = [
  {
    name: "steal",
    breach: `more than ${stealLimit} of CPU time went to other machines`,
    broken: ({ stealShare }) => stealShare !== null && stealShare > stealLimit,
    found: ({ stealShare }) => Number(stealShare).toFixed(3),
  },
  {
    name: "other load",
    breach: `other processes used more than ${otherCpuLimit} of CPU time`,
    broken: ({ otherCpuShare }) => otherCpuShare !== null && otherCpuShare > otherCpuLimit,
    found: ({ otherCpuShare }) => Number(otherCpuShare).toFixed(3),
  },
  {
    name: "pressure",
    breach: `some thread waited for a CPU more than ${pressureLimit} of the time`,
    broken: ({ pressureShare }) => pressureShare !== null && pressureShare > pressureLimit,
    found: ({ pressureShare }) => Number(pressureShare).toFixed(3),
  },
  {
    name: "lost samples",
    breach: "a sample that the design asked for never arrived",
    broken: ({ lostSamples }) => lostSamples > 0,
    found: ({ lostSamples }) => String(lostSamples),
  },
  {
    name: "stall",
    breach: `an idle thread beside the run lost more than ${stallLimit} of the time in waits of 10 ms and more that the run does not explain`,
    broken: ({ stallShare }) => stallShare !== null && stallShare > stallLimit,
    found: ({ stallShare }) => Number(stallShare).toFixed(3),
  },
  {
    name: "suspended",
    breach: `the machine was suspended for more than ${suspendedLimitMs} ms`,
    broken: ({ suspendedMs }) => suspendedMs !== null && suspendedMs > suspendedLimitMs,
    found: ({ suspendedMs }) => `${Number(suspendedMs).toFixed(0)} ms`,
  },
];

/**
 * A rule of former data. It looked at the executor: a dispatcher may be late for its own garbage collections or
 * because its host is slow, and a design without a dispatcher could not break it. What it would exclude is told
 * beside the results (`dispatcherRuleEffect`).
 */
export const dispatcherRule: ValidityRule = {
  name: "dispatcher delay",
  breach: `the dispatcher handed over 1 % of due wake-ups more than ${dispatcherDelayLimitMs} ms late`,
  broken: ({ dispatcherDelayP99Ns }) =>
    dispatcherDelayP99Ns !== null && dispatcherDelayP99Ns > dispatcherDelayLimitMs * 1e6,
  found: ({ dispatcherDelayP99Ns }) => `${(Number(dispatcherDelayP99Ns) / 1e6).toFixed(1)} ms`,
};

/** What the harness decides without a look at the conditions of the run. */
const byHarness = [
  "time limit: the run was killed because it took far longer than expected",
  "crash: the run's process failed",
  "frozen: the run's process was stopped for a time",
  "instrument: what the run measures with failed, such as its load generator",
  "not testable here: this host lacks something the scenario needs",
];

/** The rules as the manifest states them, the harness's own included. */
export const validityRules: readonly string[] = [...rules.map(stated), ...byHarness];

/** Finds the rules that a manifest states, those of former data among them; null where it states one that is unknown. */
export function rulesStated(statements: readonly string[]): readonly ValidityRule[] | null {
  const known = [...rules, dispatcherRule];
  const isKnown = (statement: string) =>
    byHarness.includes(statement) || known.some((rule) => stated(rule) === statement);
  return statements.every(isKnown) ? known.filter((rule) => statements.includes(stated(rule))) : null;
}

function stated({ name, breach }: ValidityRule): string {
  return `${name}: ${breach}`;
}

/**
 * Names the rules a finished run broke, in the order of the rules, with what was found, such as "steal: 0.031"; null for a
 * valid run.
 */
export function invalidReason(run: JudgedRun, among: readonly ValidityRule[] = rules): string | null {
  const broken = among.filter((rule) => rule.broken(run));
  return broken.length === 0 ? null : broken.map(({ name, found }) => `${name}: ${found(run)}`).join("; ");
}

/** The reason of a run that a signal stopped and another continued: its wall times are not its own. */
export const frozen = "frozen: stopped by a signal, and continued";

/** States which instrument of a run failed, and how. */
export function instrumentFailed({ message }: Error): string {
  return `instrument: ${message.replaceAll("; ", ", ")}`;
}

/** States why a scenario could not be measured on this host. */
export function notTestable({ message }: Error): string {
  return `not testable here: ${message.replaceAll("; ", ", ")}`;
}

/** Names the rules within an invalid reason. */
export function brokenRules(reason: string): string[] {
  return reason.split("; ").map((breach) => breach.replace(/:.*$/, ""));
}

/** Tells whether a rule is the harness's own, which no condition of a run shows. */
export function isByHarness(rule: string): boolean {
  return byHarness.some((breach) => breach.startsWith(`${rule}:`));
}

/** Counts invalid runs by the rules they broke; a run can break several. */
export function countRules(reasons: readonly unknown[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const reason of reasons) {
    for (const rule of typeof reason === "string" ? brokenRules(reason) : []) {
      counts[rule] = (counts[rule] ?? 0) + 1;
    }
  }
  return counts;
}
