export { type PoolWatch, type PoolWatchOptions, watchPool } from "./attach/watch-pool.ts";
export { type TaskWatch, type TaskWatchOptions, watchTasks } from "./attach/watch-tasks.ts";
export {
  type Attribution,
  attributeWait,
  type HoldColumns,
  type NamedHolds,
} from "./attribution/attribute-wait.ts";
export { allHeld, type Interval, overlapNs } from "./attribution/intervals.ts";
export type { Culprit, Incident, ThreadUse, Victim } from "./incident/incident.ts";
export { incidentLine } from "./incident/incident-line.ts";
export { beganChannel, overChannel } from "./metrics/channels.ts";
export type { PoolMetrics } from "./metrics/pool-metrics.ts";
export { prometheusText } from "./metrics/prometheus-text.ts";
export type { WatchOptions } from "./options.ts";
export { Watch } from "./watch.ts";
