import type { ExperimentDeclaration, Factors, Level, ScenarioOf } from "../tables/experiment-declaration.ts";
import type { PrimaryResponse } from "../tables/primary-response.ts";
import type { ColumnsOf, Schema } from "../tables/schema.ts";

/** A scenario whose factors are known at run time only. */
export type Scenario = Readonly<Record<string, Level>>;

/** How large a campaign is: `smoke` for tests, `quick` for a first look, `full` for reference data. */
export type Profile = "smoke" | "quick" | "full";

/** How a campaign is carried out: a profile's design, or that of `full` in rounds, as long as claims are open. */
export type CampaignProfile = Profile | "sequential";

/** Scenarios that are measured equally often: one corner of the design. */
export interface DesignPart<S = Scenario> {
  /** "base", or the factor that is varied around the base. */
  readonly name: string;
  readonly scenarios: readonly S[];
  /** The most runs a scenario gets. */
  readonly replicates: number;
  /** Every scenario gets all of them, however well it is known: where a comparison has its power from their number. */
  readonly fixed?: true;
}

/** What one run hands back. Everything is raw; nothing is averaged before it is stored. */
export interface RunResult<R extends Schema = Schema> {
  readonly samples: ColumnsOf<R>;
  /** Samples the design asked for that never arrived. */
  readonly lostSamples: number;
  /** p99 of how late the dispatcher handed over due wake-ups (ns); null where there is no dispatcher. */
  readonly dispatcherDelayP99Ns: number | null;
}

/** A declared experiment: the question, the design, the response, and how to measure one scenario once. */
export interface Experiment<F extends Factors = Factors, R extends Schema = Schema>
  extends ExperimentDeclaration<F, R> {
  readonly primary: PrimaryResponse<NoInfer<R>>;
  design(profile: Profile): readonly DesignPart<ScenarioOf<NoInfer<F>>>[];
  /** Time one run of the scenario is expected to take, process start included (ms). */
  expectedMs(scenario: ScenarioOf<NoInfer<F>>): number;
  /** Node flags of the process that measures the scenario, where they are what is varied (default `runtimeFlags`). */
  flags?(scenario: ScenarioOf<NoInfer<F>>): readonly string[];
  /** Path of the Node that runs the process, where the runtime is what is varied (default: that of the campaign). */
  runtime?(scenario: ScenarioOf<NoInfer<F>>): string;
  /**
   * Whether the scenario wants more cores than there are, so that threads wait for one by design: its pressure tells nothing of
   * the host, and is left unknown (default: no).
   */
  fillsCores?(scenario: ScenarioOf<NoInfer<F>>): boolean;
  /**
   * Measures the scenario once.
   *
   * @throws {NotTestableError} when this host lacks something the scenario needs; nothing is measured then.
   */
  run(scenario: ScenarioOf<NoInfer<F>>, seed: number): Promise<RunResult<NoInfer<R>>>;
}

/** What a module that declares an experiment exports. */
export interface ExperimentModule {
  /** Declares the experiment, at the host's default worker counts unless others are given. */
  readonly experiment: (workerCounts?: readonly number[]) => Experiment;
}

/**
 * Declares an experiment. The levels of its factors and the types of its response are taken from the declaration, so that
 * a scenario, a sample or a column that it does not have is a compile error wherever the experiment's data go.
 */
export function defineExperiment<const F extends Factors, const R extends Schema>(
  experiment: Experiment<F, R>,
): Experiment<F, R> {
  return experiment;
}
