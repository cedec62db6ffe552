import type { Schema, ValueOf } from "./schema.ts";

/** A level of a factor: plain and serialisable, so that a job can travel to another process or host. */
export type Level = string | number;

export interface Factor {
  readonly unit: string;
  readonly meaning: string;
  /** Every level the experiment can run on this host; anything else is refused. */
  readonly levels: readonly Level[];
  /** The level at which everything was measured before the factor was declared: tables of then have no column of it. */
  readonly before?: Level;
}

/** Factor name to declaration. */
export type Factors = Readonly<Record<string, Factor>>;

/** One combination of levels, factor name to level. */
export type ScenarioOf<F extends Factors> = {
  readonly [Name in keyof F]: LevelOf<F[Name]["levels"][number]>;
};

/** Names are told apart, numbers are not: any number of workers is a number of workers. */
export type LevelOf<L extends Level> = L extends number ? number : L;

/** What the tables need to know of an experiment. */
export interface ExperimentDeclaration<F extends Factors = Factors, R extends Schema = Schema> {
  readonly name: string;
  readonly question: string;
  readonly factors: F;
  readonly response: R;
  /** Its results follow from the seeds of its runs: what one reference host holds of it serves for all of them. */
  readonly simulated?: true;
}

/**
 * One row of an experiment's samples as it is loaded: the response, beside the place and the levels of its run. Of an
 * experiment that is known at run time only, any names and values.
 */
export type SampleOf<E extends ExperimentDeclaration> = string extends keyof E["response"]
  ? Readonly<Record<string, string | number | boolean | null>>
  : { readonly run: number; readonly block: number; readonly part: string } & ScenarioOf<E["factors"]> & {
        readonly [Name in keyof E["response"]]: ValueOf<E["response"][Name]>;
      };

/** A factor of an experiment, which is a column of its samples. */
export type FactorOf<E extends ExperimentDeclaration> = keyof E["factors"] & keyof SampleOf<E> & string;

/** Lists the factors of an experiment, in the order in which it declares them. */
export function factorsOf<E extends ExperimentDeclaration>({ factors }: E): readonly FactorOf<E>[] {
  return Object.keys(factors) as FactorOf<E>[];
}
