import type { Experiment } from "../design/experiment.ts";
import { enoughReplicates, precisionReached, precisionRules, type RunOutcome } from "../stats/precision.ts";
import { cellKey } from "../tables/cell-key.ts";
import type { CellRecord, Manifest } from "../tables/manifest.ts";
import { primaryOutcome } from "../tables/primary-outcome.ts";
import type { Job } from "./job.ts";
import type { Part } from "./part.ts";
import type { Plan } from "./plan.ts";

/** What is known of one scenario of one part of the design while its campaign runs. */
interface CellState {
  readonly part: string;
  readonly levels: Job["scenario"];
  readonly cap: number;
  readonly fixed: boolean;
  readonly outcomes: RunOutcome[];
  runs: number;
  wallMs: number;
  enough: boolean;
}

/**
 * Follows a campaign run by run, in the order of its plan, and tells which runs its design still needs. What it tells
 * depends on the finished runs before alone, so that a campaign that was killed goes on as if it had not been.
 */
export class Replication {
  readonly #experiment: Experiment;
  readonly #factors: readonly string[];
  readonly #cells: ReadonlyMap<string, CellState>;

  constructor(experiment: Experiment, { parts }: Plan) {
    this.#experiment = experiment;
    this.#factors = Object.keys(experiment.factors);
    const states = parts.flatMap(({ name, scenarios, replicates, fixed = false }) =>
      scenarios.map((levels): [string, CellState] => [
        cellKey(name, levels, this.#factors),
        { part: name, levels, cap: replicates, fixed, outcomes: [], runs: 0, wallMs: 0, enough: false },
      ]),
    );
    this.#cells = new Map(states);
  }

  /** Tells whether the scenario of a job is not known well enough yet. */
  needs(job: Job): boolean {
    return !this.#cellOf(job).enough;
  }

  /** Takes a finished run into account; only a valid one adds to the precision. */
  add(job: Job, { row, samples }: Part): void {
    const cell = this.#cellOf(job);
    cell.runs++;
    cell.wallMs += Number(row["wallMs"]);
    if (row["valid"] !== true) return;
    cell.outcomes.push(primaryOutcome(this.#experiment.primary, samples));
    cell.enough = !cell.fixed && enoughReplicates(cell.outcomes);
  }

  /** Writes down, for the manifest, how each scenario's replicates ended. */
  describe(): NonNullable<Manifest["replication"]> {
    const { rule } = this.#experiment.primary;
    return {
      primary: rule,
      ...precisionRules[rule],
      cells: [...this.#cells.values()].map(describeCell),
    };
  }

  #cellOf({ part, scenario }: Job): CellState {
    const cell = this.#cells.get(cellKey(part, scenario, this.#factors));
    if (!cell) throw new TypeError(`job is of no planned scenario: ${JSON.stringify(scenario)}`);
    return cell;
  }
}

function describeCell({ part, levels, cap, runs, outcomes, wallMs, enough }: CellState): CellRecord {
  const precision = precisionReached(outcomes);
  return {
    part,
    levels,
    cap,
    runs,
    valid: outcomes.length,
    precision: Number.isFinite(precision) ? Number(precision.toPrecision(4)) : null,
    ended: enough ? "precise" : "capped",
    savedMs: runs === 0 ? 0 : Math.round(((cap - runs) * wallMs) / runs),
  };
}
