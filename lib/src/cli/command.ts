import type { Command } from "commander";
import type { Study } from "../studies/study.ts";

/** What commands know of the world outside; tests pass their own. */
export interface CliContext {
  /** The studies, in the order of the article. */
  readonly studies: readonly Study[];
  /** Shows results on stdout. */
  readonly print: (text: string) => void;
}

/** Adds one command to the program. */
export type RegisterCommand = (program: Command, context: CliContext) => void;
