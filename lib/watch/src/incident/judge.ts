import type { Incident } from "./incident.ts";

/** What incidents come to when some tasks are allowed to hold workers. */
export interface Judgement {
  /** Incidents whose first culprit is not allowed. */
  readonly starving: readonly Incident[];
  /** Allowed tasks that were no culprit: the list is out of date. */
  readonly unused: readonly string[];
}

/** Sets incidents against the tasks that may hold workers. */
export function judge(incidents: readonly Incident[], allow: readonly string[]): Judgement {
  const culprits = new Set(incidents.map(({ culprits: [first] }) => first?.task));
  return {
    starving: incidents.filter(({ culprits: [first] }) => first === undefined || !allow.includes(first.task)),
    unused: allow.filter((task) => !culprits.has(task)),
  };
}
