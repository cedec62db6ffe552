import type { Command } from "commander";
import type { Study } from "../studies/study.ts";

/** What commands know of the world outside; tests pass their own. */
export interface CliContext {
  /** The studies, in the order of the article. */
  readonly studies: readonly Study[];
  /** Shows results on stdout. */
  readonly print: (text: string) => void;
  /** Watches what surrounds a run, in place of {@link watchConditions}: a module that exports a function of that name. */
  readonly conditions?: URL;
}

/** Heading of the help over commands that a reader of the study does not need. */
export const forMaintainers = "To work on the study:";

/** Adds one command to the program. */
export type RegisterCommand = (program: Command, context: CliContext) => void;
