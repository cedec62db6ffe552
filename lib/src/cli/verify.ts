import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { checkCampaign } from "../audit/check-campaign.ts";
import { checkHosts } from "../audit/check-hosts.ts";
import { checkRounds } from "../audit/check-rounds.ts";
import type { Experiment } from "../design/experiment.ts";
import { hasCommit } from "../harness/checkout.ts";
import { isUnfinished } from "../harness/unfinished-campaign.ts";
import { evaluateLedger } from "../ledger/evaluate-ledger.ts";
import { projectRoot } from "../measure/project-root.ts";
import { DataError } from "../measure/study-error.ts";
import { declareExperiments, type MeasuredStudy, type Study, studyOf } from "../studies/study.ts";
import { benchFolder, loadBench } from "../tables/bench-results.ts";
import { dataFolder } from "../tables/data-folder.ts";
import { checkSpelling, manifestFile, readManifest } from "../tables/manifest.ts";
import { readExperiment } from "../tables/read-experiment.ts";
import { underAnotherName } from "./chosen-data-set.ts";
import { existingFolder } from "./chosen-folder.ts";
import type { CliContext, RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";

/** Adds `verify`: checks that tables are whole, unaltered, complete and of the declared schema. */
export const registerVerify: RegisterCommand = (program, context) => {
  program
    .command("verify")
    .description("check tables against their manifests: content, schema, completeness")
    .argument(
      "[folders...]",
      "folders of data sets or of single experiments; by default the one notebooks read",
    )
    .addHelpText(
      "after",
      examples(["verify", "the reference data", "repository"], ["verify /tmp/mine", "your own"]),
    )
    .action((given: string[]) => {
      const chosen = given.length > 0 ? given : [dataFolder()];
      const folders = chosen.flatMap((each) => experimentFolders(each, context));
      for (const folder of chosen) loadBench(folder);
      const problems = folders.flatMap((folder) => problemOf(folder, context));
      if (problems.length === 0)
        problems.push(...problemsOfHosts(folders, context), ...problemsOfRounds(folders, context));
      if (problems.length > 0) throw new DataError(problems.join("\nerror: "));
    });
};

/** Lists the folders of experiments, but hidden ones; whatever has the name of one that this version knows, is to be one. */
function experimentFolders(chosen: string, { studies }: CliContext): string[] {
  const folder = existingFolder("folder", chosen);
  if (existsSync(join(folder, manifestFile)) || isUnfinished(folder)) return [folder];
  const known = new Set(declareExperiments(studies).map(({ name }) => name));
  const folders = readdirSync(folder)
    .filter((name) => name !== benchFolder && !name.startsWith("."))
    .map((name) => join(folder, name))
    .filter((path) => known.has(basename(path)) || statSync(path, { throwIfNoEntry: false })?.isDirectory());
  if (folders.length === 0)
    throw new DataError(`folder holds no data: ${folder}; measure with \`run --out\``);
  return folders;
}

function problemOf(folder: string, { studies, print }: CliContext): string[] {
  try {
    if (isUnfinished(folder)) {
      throw new DataError(`campaign is unfinished: ${folder}; finish it by running its command again`);
    }
    const study = findStudy(folder, studies);
    const experiment = study.experiment();
    if (experiment.name !== basename(folder)) throw new DataError(underAnotherName(folder));
    const tables = readExperiment(folder, experiment);
    const { runs, samples, manifest } = tables;
    checkSpelling(folder, manifest);
    const { problems, designed } = checkCampaign(tables, study);
    const idle = manifest.runs.valid === 0 && manifest.profile !== "smoke";
    const all = [...problems, ...(idle ? ["no run is valid: there is no evidence in it"] : [])];
    if (all.length > 0) return all.map((problem) => `data contradict themselves: ${folder}, ${problem}`);
    judgeClaims(folder, experiment, studies);
    const since = designed
      ? ""
      : "; of an earlier design, so that the order of its runs cannot be derived again";
    const { commit } = manifest.code;
    const unknown =
      commit !== null && hasCommit(projectRoot, commit) === false
        ? `; measured at commit ${commit.slice(0, 12)}, which this history does not have`
        : "";
    print(
      `${folder}: ${runs.rows} runs (${manifest.runs.valid} valid), ${samples.rows} samples${since}${unknown}`,
    );
    return [];
  } catch (error) {
    if (error instanceof DataError) return [error.message];
    throw error;
  }
}

/** What contradicts nothing may still hold values that no statistic is defined for: each claim must come to a verdict. */
function judgeClaims(folder: string, experiment: Experiment, studies: readonly Study[]): void {
  const claims = studies
    .flatMap((each) => each.claims)
    .filter((claim) => claim.experiment === experiment.name);
  evaluateLedger(dirname(folder), [{ claims, experiment: () => experiment }]);
}

/** What of a data set was given must be of one host; what is simulated is the same on each. */
function problemsOfHosts(folders: readonly string[], { studies }: CliContext): string[] {
  const simulated = declareExperiments(studies).filter((experiment) => experiment.simulated);
  const measured = folders.filter((folder) => !simulated.some(({ name }) => name === basename(folder)));
  return [...new Set(measured.map((folder) => dirname(folder)))].flatMap((dataSet) => {
    const manifests = measured.filter((folder) => dirname(folder) === dataSet).map(readManifest);
    // Without one of its own, a reference host shares another one's.
    const bench = existsSync(join(dataSet, benchFolder)) ? loadBench(dataSet) : null;
    return checkHosts(manifests, bench).map(
      (problem) => `data contradict themselves: ${dataSet}, ${problem}`,
    );
  });
}

/** What rounds measured follows from the whole data set that experiments lie in. */
function problemsOfRounds(folders: readonly string[], { studies }: CliContext): string[] {
  return [...new Set(folders.map((folder) => dirname(folder)))].flatMap((dataSet) =>
    checkRounds(dataSet, studies, (workerCounts) => declareExperiments(studies, workerCounts)).map(
      (problem) => `data contradict themselves: ${dataSet}, ${problem}`,
    ),
  );
}

/** The folder's name decides where the manifest is missing, so that the tables can be named in the error. */
function findStudy(folder: string, studies: readonly Study[]): MeasuredStudy {
  const name = existsSync(join(folder, manifestFile)) ? readManifest(folder).experiment : basename(folder);
  const study = studyOf(name, studies);
  if (study) return study;
  throw new DataError(
    `experiment is unknown: ${name} in ${folder}; this version has ${declareExperiments(studies)
      .map((each) => each.name)
      .join(", ")}`,
  );
}
