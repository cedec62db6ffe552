import type { Scenario } from "../design/experiment.ts";

/** One planned run: all that a fresh process, here or on another host, needs to know to do it. */
export interface Job {
  /** Number of the run; joins its samples to it. */
  readonly run: number;
  readonly block: number;
  /** Position in the campaign, from 0. */
  readonly order: number;
  readonly seed: number;
  /** Part of the design. */
  readonly part: string;
  readonly scenario: Scenario;
}
