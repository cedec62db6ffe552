import type { Schema } from "./schema.ts";

/** What the tables need to know of an experiment. */
export interface ExperimentDeclaration {
  readonly name: string;
  readonly question: string;
  readonly factors: Readonly<
    Record<
      string,
      { readonly unit: string; readonly meaning: string; readonly levels: readonly (string | number)[] }
    >
  >;
  readonly response: Schema;
}
