import { isDeepStrictEqual } from "node:util";
import type { Experiment } from "../design/experiment.ts";
import type { Claim } from "../ledger/claim.ts";
import { judgeAtLook } from "../ledger/judge-at-look.ts";
import { judgeable } from "../ledger/judgeable.ts";
import { runsOfCells } from "../sequential/measure-in-rounds.ts";
import { askedOf, questionsOf } from "../sequential/questions.ts";
import { type Question, Rounds } from "../sequential/rounds.ts";
import { experimentFolder } from "../tables/data-folder.ts";
import { type Dataset, load, whyNotMeasured } from "../tables/load.ts";
import type { Manifest } from "../tables/manifest.ts";
import { readManifests } from "../tables/read-manifests.ts";
import { workerCountsOf } from "./worker-counts.ts";

type Sequential = NonNullable<Manifest["sequential"]>;

/**
 * Follows a campaign in rounds again, from its tables alone: which claims each round brought to their next look, what was found
 * there and when that ended; and compares with what its manifests say. Empty for a data set that was not measured in rounds.
 *
 * @param folder of the data set
 * @param declare declares every experiment, at worker counts that were measured or at its own
 * @returns one message a difference
 * @throws {DataError} when a manifest names worker counts that nobody can have measured at, or a claim cannot be judged by the data
 */
export function checkRounds(
  folder: string,
  studies: readonly { readonly claims: readonly Claim[] }[],
  declare: (workerCounts?: readonly number[]) => readonly Experiment[],
): string[] {
  const manifests = readManifests(folder);
  const recorded = manifests.flatMap(({ experiment, sequential }) =>
    sequential ? [{ experiment, sequential }] : [],
  );
  const [first] = recorded;
  if (first === undefined) return [];
  const { looks, budgetMs, asked: ids } = first.sequential;
  const differing = recorded.find(
    ({ sequential }) => !isDeepStrictEqual(termsOf(sequential), termsOf(first.sequential)),
  );
  if (differing) return [`${differing.experiment} was measured in other rounds than ${first.experiment}`];

  const experiments = declare().map((experiment) => {
    const manifest = manifests.find((one) => one.experiment === experiment.name);
    const counts = manifest && workerCountsOf(manifest, experiment);
    return (counts && declare(counts).find(({ name }) => name === experiment.name)) ?? experiment;
  });
  const claims = studies.flatMap((study) => study.claims).filter(({ id }) => ids?.includes(id) ?? true);
  const asked = askedOf(
    experiments.map((experiment) => ({ experiment })),
    [{ claims }],
  );
  const questions = questionsOf(asked);
  const rounds = new Rounds(
    questions,
    looks.map((look) => ({ ...look, share: Number.NaN, bound: Number.NaN })),
    budgetMs,
  );
  const data = new Map<string, Dataset | null>();
  for (let round = rounds.next(); round.length > 0; round = rounds.next()) {
    for (const question of round) {
      const { experiment } = question;
      if (!data.has(experiment)) data.set(experiment, loaded(experiment, folder, experiments));
      const found = data.get(experiment);
      const claim = claims.find(({ id }) => id === question.claim) as Claim;
      if (found) {
        const look = rounds.lookOf(question);
        const judge = () => judgeAtLook(claim, found, look);
        rounds.judged(question, judgeable(claim, experimentFolder(found.declaration, folder), judge));
      } else rounds.close(question);
    }
  }
  return experiments.flatMap(({ name }) => {
    const own = questions.filter(({ experiment }) => experiment === name);
    const manifest = recorded.find(({ experiment }) => experiment === name)?.sequential;
    return [...checkClaims(own, rounds, manifest), ...checkCells(name, own, rounds, manifest)];
  });
}

function termsOf({ looks, budgetMs, asked }: Sequential) {
  return { looks, budgetMs, asked };
}

function loaded(name: string, folder: string, experiments: readonly Experiment[]): Dataset | null {
  const experiment = experiments.find((one) => one.name === name) as Experiment;
  return whyNotMeasured(experiment, folder) === null ? load(experiment, folder) : null;
}

function checkClaims(questions: readonly Question[], rounds: Rounds, manifest: Sequential | undefined) {
  return questions.flatMap((question) => {
    const again = rounds.standing(question);
    const said = manifest?.claims.find(({ claim }) => claim === question.claim);
    if (said?.looks === again.looks && said.verdict === again.verdict) return [];
    if (said === undefined && again.looks === 0) return [];
    const saying = said ? `${said.verdict} after ${said.looks} looks` : "not measured";
    return [`${question.claim}: ${saying}; derived again it is ${again.verdict} after ${again.looks}`];
  });
}

function checkCells(
  name: string,
  questions: readonly Question[],
  rounds: Rounds,
  manifest: Sequential | undefined,
): string[] {
  const again = runsOfCells(questions, rounds);
  return isDeepStrictEqual(again, manifest?.cells ?? [])
    ? []
    : [`${name}: the runs of its scenarios are not those that its rounds asked for`];
}
