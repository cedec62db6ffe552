import * as v from "valibot";
import type { DataSource } from "../../measure/parse-json.ts";
import type { Attempt, LoadPlan } from "./load-plan.ts";

/** What the load generator is told; plain data. */
export interface LoadRequest {
  readonly port: number;
  readonly plan: LoadPlan;
}

export const loadRequest: v.GenericSchema<unknown, LoadRequest> = v.strictObject({
  port: v.number(),
  plan: v.variant("kind", [
    v.strictObject({
      kind: v.literal("closed-loop"),
      connections: v.number(),
      loadMs: v.number(),
      blocking: v.array(v.boolean()),
    }),
    v.strictObject({
      kind: v.literal("fixed-rate"),
      intendedMs: v.array(v.number()),
      blocking: v.array(v.boolean()),
      retries: v.number(),
    }),
  ]),
});

/** What it answers. */
export type LoadAnswer =
  | { readonly attempts: readonly Attempt[] }
  /** Why it could not do what was planned. */
  | { readonly fault: string };

const attempt = v.strictObject({
  sent: v.number(),
  request: v.number(),
  attempt: v.number(),
  blocking: v.boolean(),
  beganUs: v.number(),
  lateUs: v.nullable(v.number()),
  latencyUs: v.number(),
  status: v.nullable(v.number()),
});

export const loadAnswer: v.GenericSchema<unknown, LoadAnswer> = v.union([
  v.strictObject({ attempts: v.array(attempt) }),
  v.strictObject({ fault: v.string() }),
]);

export const loadMessage: DataSource = {
  noun: "message between a run and its load generator",
  remedy: "build nothing while a campaign is under way, and run it again",
};
