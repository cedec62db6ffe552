import type { Scenario } from "../design/experiment.ts";

/**
 * What the samples of a study are, whatever it finds: not part of the declaration, which the identity of measured data covers,
 * but beside it.
 */
export interface SampleRules {
  /** Column whose words tell kinds of rows apart; absent where there is one kind. */
  readonly kind?: string;
  /** Rows that the design asks of a run, by their kind; under "" where there is one kind. Kinds that it leaves open are absent. */
  readonly rows?: (scenario: Scenario) => Readonly<Record<string, number>>;
  /** All words that a column of names can hold. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** Columns of what cannot be less than nothing. */
  readonly notNegative?: readonly string[];
  /** Counts, and what they are counted among. */
  readonly among?: readonly (readonly [some: string, all: string])[];
}
