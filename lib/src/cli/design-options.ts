import { type Command, InvalidArgumentError, Option } from "commander";
import type { Experiment, Profile } from "../design/experiment.ts";
import type { Restriction } from "../harness/plan.ts";
import { didYouMean } from "../measure/nearest-name.ts";
import { UsageError } from "../measure/study-error.ts";
import { isMeasured, type MeasuredStudy, type Study } from "../studies/study.ts";
import type { CliContext } from "./command.ts";
import { printable } from "./printable.ts";

/** Options that say which part of the design is meant, as commander parses them. */
export interface DesignOptions {
  readonly profile: Profile;
  readonly workers?: string;
  readonly set: readonly string[];
}

/** An experiment, and the levels of its factors that were asked for. */
export interface Selection {
  readonly study: Study & MeasuredStudy;
  readonly experiment: Experiment;
  /** Module that declares it. */
  readonly module: URL;
  readonly restriction: Restriction;
}

const profiles: readonly Profile[] = ["smoke", "quick", "full"];

/** Threads beyond this number measure the machine's memory rather than its scheduling. */
const mostWorkers = 128;

/** Adds the options that say which part of the design is meant. */
export function withDesignOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--profile <profile>", "size of the campaign")
        .choices(profiles)
        .argParser(parseProfile)
        .default("quick"),
    )
    .option("--workers <number>", "measure at this number of workers instead of the default ones")
    .option(
      "--set <factor=level,…>",
      "keep only these levels of a factor; repeatable",
      (value, earlier: readonly string[]) => [...earlier, value],
      [],
    );
}

/**
 * Finds the experiments and levels that were asked for. Warns of those among all that take no number of workers.
 *
 * @throws {UsageError} listing what there is when a name, factor, level or number is not valid, or a named experiment takes no
 *   number of workers.
 */
export function selectDesign(
  names: readonly string[],
  { workers, set }: DesignOptions,
  { studies }: CliContext,
): Selection[] {
  const count = workers === undefined ? undefined : parseWorkers(workers);
  const measured = studies.filter(isMeasured);
  const known = measured.map(({ name }) => name);
  const unknown = names.find((name) => name !== "all" && !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `experiment is unknown: ${unknown.trim() || "an empty text"}; choose from ${[...known, "all"].join(", ")}${didYouMean(unknown, known)}`,
    );
  }
  const repeated = names.find((name, i) => names.indexOf(name) < i);
  if (repeated !== undefined) throw new UsageError(`experiment is given twice: ${repeated}; name it once`);
  const besideAll = names.includes("all") ? names.find((name) => name !== "all") : undefined;
  if (besideAll !== undefined)
    throw new UsageError(`experiment is given twice: ${besideAll}, by its name and by all; leave one out`);
  const wishes = set.map(parseWish);
  const twice = wishes.find(({ factor }, i) => wishes.findIndex((wish) => wish.factor === factor) < i);
  if (twice !== undefined) {
    throw new UsageError(
      `set is given twice for ${twice.factor}; list its levels in one, as in --set ${twice.factor}=level,level`,
    );
  }
  const chosen = measured.filter(({ name }) => names.includes("all") || names.includes(name));
  if (count !== undefined) checkWorkersTaken(chosen, count, names.includes("all"));
  const selected = chosen.map((study) => ({
    study,
    experiment: study.experiment(count === undefined ? undefined : [count]),
    module: study.module,
  }));
  for (const { factor } of wishes) {
    checkFactor(
      factor,
      selected.map(({ experiment }) => experiment),
    );
  }
  return selected.map((each) => ({ ...each, restriction: restrictionOf(each.experiment, wishes) }));
}

/** Tells of experiments that a number of workers does not change: they would be measured at others without a word. */
function checkWorkersTaken(studies: readonly Selection["study"][], count: number, isAll: boolean): void {
  const factorsAt = (study: MeasuredStudy, workers: number) =>
    JSON.stringify(study.experiment([workers]).factors);
  const without = studies.filter((study) => factorsAt(study, count) === factorsAt(study, count + 1));
  if (without.length === 0) return;
  const text = `experiment takes no --workers: ${without.map(({ name }) => name).join(", ")}`;
  if (!isAll) throw new UsageError(`${text}; leave it out, or keep some levels with --set`);
  process.stderr.write(`warning: ${printable(`${text}; each is measured as it stands`)}\n`);
}

/** @throws {UsageError} unless the text is a sane number of workers. */
export function parseWorkers(text: string): number {
  const workers = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (workers >= 1 && workers <= mostWorkers) return workers;
  throw new UsageError(`workers must be an integer from 1 to ${mostWorkers}; got ${text}`);
}

function parseProfile(text: string): Profile {
  const profile = profiles.find((each) => each === text);
  if (profile !== undefined) return profile;
  throw new InvalidArgumentError(`Allowed choices are ${profiles.join(", ")}${didYouMean(text, profiles)}`);
}

interface Wish {
  readonly factor: string;
  readonly levels: readonly string[];
}

function parseWish(text: string): Wish {
  const [factor, list, ...more] = text.split("=");
  if (!factor || !list || more.length > 0) {
    throw new UsageError(`set must look like factor=level or factor=level,level; got ${text}`);
  }
  const levels = list.split(",");
  const twice = levels.find((level, i) => levels.indexOf(level) < i);
  if (twice !== undefined)
    throw new UsageError(`level of ${factor} is given twice: ${twice} in ${text}; name it once`);
  return { factor, levels };
}

function checkFactor(factor: string, experiments: readonly Experiment[]): void {
  if (experiments.some(({ factors }) => Object.hasOwn(factors, factor))) return;
  const names = [...new Set(experiments.flatMap(({ factors }) => Object.keys(factors)))];
  const known = experiments.map(({ name, factors }) => `${name}: ${Object.keys(factors).join(", ")}`);
  throw new UsageError(
    `factor is unknown: ${factor}; choose from ${known.join("; ")}${didYouMean(factor, names)}`,
  );
}

/** A factor that only another of the experiments has leaves this one whole. */
function restrictionOf({ name, factors }: Experiment, wishes: readonly Wish[]): Restriction {
  const restriction: Record<string, (string | number)[]> = {};
  for (const { factor, levels } of wishes) {
    const declared = Object.hasOwn(factors, factor) ? factors[factor]?.levels : undefined;
    if (!declared) continue;
    const texts = declared.map(String);
    restriction[factor] = levels.map((text) => {
      const level = declared.find((each) => String(each) === text);
      if (level !== undefined) return level;
      throw new UsageError(
        `level of ${factor} is unknown: ${text}; ${name} has ${declared.join(", ")}${didYouMean(text, texts)}`,
      );
    });
  }
  return restriction;
}
