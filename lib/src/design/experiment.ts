import type { PrimaryResponse } from "../tables/primary-response.ts";
import type { Columns, Schema } from "../tables/schema.ts";

/** A level of a factor: plain and serialisable, so that a job can travel to another process or host. */
export type Level = string | number;

/** One combination of levels, factor name to level. */
export type Scenario = Readonly<Record<string, Level>>;

/** How large a campaign is: `smoke` for tests, `quick` for a first look, `full` for reference data. */
export type Profile = "smoke" | "quick" | "full";

export interface Factor {
  readonly unit: string;
  readonly meaning: string;
  /** Every level the experiment can run on this host; anything else is refused. */
  readonly levels: readonly Level[];
}

/** Scenarios that are measured equally often: one corner of the design. */
export interface DesignPart {
  /** "base", or the factor that is varied around the base. */
  readonly name: string;
  readonly scenarios: readonly Scenario[];
  /** The most runs a scenario gets. */
  readonly replicates: number;
}

/** What one run hands back. Everything is raw; nothing is averaged before it is stored. */
export interface RunResult {
  /** Matches the experiment's `response` schema. */
  readonly samples: Columns;
  /** Samples the design asked for that never arrived. */
  readonly lostSamples: number;
  /** p99 of how late the dispatcher handed over due wake-ups (ns); null where there is no dispatcher. */
  readonly dispatcherDelayP99Ns: number | null;
}

/** A declared experiment: the question, the design, the response, and how to measure one scenario once. */
export interface Experiment {
  readonly name: string;
  readonly question: string;
  readonly factors: Readonly<Record<string, Factor>>;
  readonly response: Schema;
  readonly primary: PrimaryResponse;
  design(profile: Profile): readonly DesignPart[];
  /** Time one run of the scenario is expected to take, process start included (ms). */
  expectedMs(scenario: Scenario): number;
  /** Node flags of the process that measures the scenario, where they are what is varied (default `runtimeFlags`). */
  flags?(scenario: Scenario): readonly string[];
  /**
   * Measures the scenario once.
   *
   * @throws {NotTestableError} when this host lacks something the scenario needs; nothing is measured then.
   */
  run(scenario: Scenario, seed: number): Promise<RunResult>;
}

/** What a module that declares an experiment exports. */
export interface ExperimentModule {
  /** Declares the experiment, at the host's default worker counts unless others are given. */
  readonly experiment: (workerCounts?: readonly number[]) => Experiment;
}
