import type { CampaignProfile, DesignPart, Experiment, Scenario } from "../design/experiment.ts";
import { UsageError } from "../measure/study-error.ts";
import { seededRandom, shuffle } from "../stats/random.ts";
import { mostSequentialRuns } from "../stats/sequential-looks.ts";
import type { Job } from "./job.ts";
import { seedFrom } from "./seed-from.ts";

/** Levels to which a campaign is restricted, factor to levels; absent factors keep all of theirs. */
export type Restriction = Readonly<Record<string, readonly (string | number)[]>>;

/** An experiment's runs in the order in which they will be done. */
export interface Plan {
  readonly parts: readonly DesignPart[];
  readonly blocks: number;
  readonly jobs: readonly Job[];
}

/**
 * Expands an experiment's design into runs: blocks that hold every scenario once, in random order within.
 * A scenario with fewer replicates than there are blocks is spread evenly over them, so that drift of the
 * host over the campaign falls on all scenarios alike:
 *
 *     block            0   1   2   3   4   5
 *     6 replicates     a   a   a   a   a   a
 *     3 replicates     b       b       b
 *     3 replicates         c       c       c
 *
 * A run's seed follows from the campaign's seed, the scenario and the replicate, whatever the order.
 *
 * @throws {UsageError} when the restriction leaves no scenario.
 */
export function planRuns(
  experiment: Experiment,
  profile: CampaignProfile,
  seed: number,
  restriction: Restriction = {},
): Plan {
  const parts = restrict(experiment, profile, restriction);
  const random = seededRandom(seedFrom(seed, experiment.name, profile));
  const blocks = Math.max(...parts.map(({ replicates }) => replicates));
  const draft = parts.flatMap((part) => spread(experiment.name, part, blocks, seed, random));
  const ordered = Array.from({ length: blocks }, (_, block) =>
    shuffle(
      draft.filter((job) => job.block === block),
      random,
    ),
  ).flat();
  return { parts, blocks, jobs: ordered.map((job, order) => ({ ...job, run: order, order })) };
}

/** Lists the parts of a design; a sequential campaign may measure all that `full` does, up to its last look. */
export function designOf(experiment: Experiment, profile: CampaignProfile): readonly DesignPart[] {
  if (profile !== "sequential") return experiment.design(profile);
  return experiment
    .design("full")
    .filter(({ replicates }) => replicates > 0)
    .map(({ name, scenarios }) => ({ name, scenarios, replicates: mostSequentialRuns }));
}

function restrict(experiment: Experiment, profile: CampaignProfile, restriction: Restriction): DesignPart[] {
  const parts = designOf(experiment, profile)
    .map((part) => ({
      ...part,
      scenarios: part.scenarios.filter((scenario) =>
        Object.entries(restriction).every(([factor, levels]) => levels.includes(scenario[factor] ?? "")),
      ),
    }))
    .filter(({ scenarios, replicates }) => scenarios.length > 0 && replicates > 0);
  if (parts.length > 0) return parts;
  const asked = Object.entries(restriction).map(([factor, levels]) => `${factor}=${levels.join(",")}`);
  throw new UsageError(
    `${experiment.name} has no scenario with ${asked.join(" ")} in profile ${profile}; see \`scheduling-safety list\``,
  );
}

function spread(
  name: string,
  { name: part, scenarios, replicates }: DesignPart,
  blocks: number,
  seed: number,
  random: () => number,
): Omit<Job, "run" | "order">[] {
  return shuffle(scenarios, random).flatMap((scenario, i) => {
    // In whole numbers, so that rounding moves no run to another block.
    const place = (replicate: number) => replicate * scenarios.length + i;
    return Array.from({ length: replicates }, (_, replicate) => ({
      block: Math.floor((place(replicate) * blocks) / (replicates * scenarios.length)),
      seed: replicateSeed(seed, name, part, scenario, replicate),
      part,
      scenario,
    }));
  });
}

/** Derives the seed of one run from the campaign's seed, the scenario and the number of its replicate, from 0. */
export function replicateSeed(
  seed: number,
  experiment: string,
  part: string,
  scenario: Scenario,
  replicate: number,
): number {
  return seedFrom(seed, experiment, part, canonical(scenario), replicate);
}

function canonical(scenario: Scenario): string {
  return JSON.stringify(Object.entries(scenario).sort(([a], [b]) => (a < b ? -1 : 1)));
}
