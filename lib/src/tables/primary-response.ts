import type { ColumnsOf, Schema } from "./schema.ts";

/**
 * What decides how many replicates a scenario needs: the p99 of some durations (ns), or a failure rate. Replicates of a
 * scenario end when it is known well enough, by the rules of `stats/precision.ts`, or at the cap of its design part.
 */
export type PrimaryResponse<R extends Schema = Schema> =
  | { readonly rule: "p99"; durationsNs(samples: ColumnsOf<R>): Float64Array }
  | { readonly rule: "failureRate"; count(samples: ColumnsOf<R>): { failed: number; trials: number } };
