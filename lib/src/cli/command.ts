import type { Command } from "commander";
import type { Experiment } from "../experiments/experiment.ts";

/** What commands know of the world outside; tests pass their own. */
export interface CliContext {
  /** Module that exports `experiments`; each run's process loads it. */
  readonly registry: URL;
  /** Declares the experiments, at the host's default worker counts unless others are given. */
  readonly declare: (workerCounts?: readonly number[]) => readonly Experiment[];
  /** Shows results on stdout. */
  readonly print: (text: string) => void;
}

/** Adds one command to the program. */
export type RegisterCommand = (program: Command, context: CliContext) => void;
