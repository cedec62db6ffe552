import type { RunOutcome } from "../stats/precision.ts";
import type { PrimaryResponse } from "./primary-response.ts";
import type { Columns } from "./schema.ts";

/** Computes what one run contributes to its scenario's primary response. */
export function primaryOutcome(primary: PrimaryResponse, samples: Columns): RunOutcome {
  return primary.rule === "p99"
    ? { rule: primary.rule, durationsNs: primary.durationsNs(samples) }
    : { rule: primary.rule, ...primary.count(samples) };
}
