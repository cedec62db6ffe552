import * as v from "valibot";
import type { DataSource } from "../measure/parse-json.ts";
import type { Job } from "./job.ts";

/** What a run's process is told; plain data. */
export interface RunRequest {
  /** URL of the module that declares the experiment. */
  readonly module: string;
  readonly job: Job;
  /** Fingerprint of the campaign's plan. */
  readonly plan: string;
  /** When the campaign began (ms since 1970). */
  readonly beganMs: number;
  /** Where the part goes. */
  readonly path: string;
  /** URL of a module that watches the conditions in place of ours. */
  readonly conditions?: string;
}

export const runRequest: v.GenericSchema<unknown, RunRequest> = v.strictObject({
  module: v.string(),
  job: v.strictObject({
    run: v.number(),
    block: v.number(),
    order: v.number(),
    seed: v.number(),
    part: v.string(),
    scenario: v.record(v.string(), v.union([v.string(), v.number()])),
  }),
  plan: v.string(),
  beganMs: v.number(),
  path: v.string(),
  conditions: v.exactOptional(v.string()),
});

/** What a run's process answers when it could measure but not write. */
export interface WriteFailure {
  readonly name: string;
  readonly message: string;
}

export const writeFailure: v.GenericSchema<unknown, WriteFailure> = v.strictObject({
  name: v.string(),
  message: v.string(),
});

/** The two processes load their code at different times: a build between them can change what they say. */
export const runMessage: DataSource = {
  noun: "message between a campaign and its run",
  remedy: "build nothing while a campaign is under way, and run the same command again",
};
