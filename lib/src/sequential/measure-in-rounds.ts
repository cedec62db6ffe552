import { join } from "node:path";
import { checkFolder } from "../harness/check-folder.ts";
import { discardCampaign } from "../harness/discard-campaign.ts";
import type { Progress } from "../harness/progress.ts";
import { type CampaignEnd, type CampaignRequest, runCampaign } from "../harness/run-campaign.ts";
import type { Claim } from "../ledger/claim.ts";
import { judgeAtLook } from "../ledger/judge-at-look.ts";
import { judgeable } from "../ledger/judgeable.ts";
import { sequentialLooks } from "../stats/sequential-looks.ts";
import { cellKey } from "../tables/cell-key.ts";
import { load, whyNotMeasured } from "../tables/load.ts";
import type { Manifest } from "../tables/manifest.ts";
import { type Asked, questionsOf } from "./questions.ts";
import { type Question, Rounds, type Standing } from "./rounds.ts";

/** What a campaign in rounds is asked to decide, and with what. */
export interface RoundsRequest {
  readonly asked: readonly (Asked & { readonly module: URL })[];
  /** Whether these are all claims of the studies. */
  readonly isAll: boolean;
  /** Expected time of all runs together (ms); null without a limit. */
  readonly budgetMs: number | null;
  readonly seed: number;
  /** Folder of the data set. */
  readonly out: string;
  readonly restart?: boolean;
  readonly timeLimitMs?: CampaignRequest["timeLimitMs"];
  readonly conditions?: URL;
}

/** How far one claim has come. */
export interface Decided extends Standing {
  readonly claim: string;
  readonly experiment: string;
}

/** How a campaign in rounds ended. */
export interface RoundsEnd {
  readonly kind: "finished" | "stopped";
  readonly claims: readonly Decided[];
  /** Expected time of the runs that were made (ms). */
  readonly spentMs: number;
}

/**
 * Measures in rounds until no claim is open or the budget is spent: after each round the claims that it brought to their next
 * look are judged at the level of that look, and scenarios none of whose readers is open get no more runs. Killed at any
 * moment, it goes on where it was when called again: what it decides follows from the runs.
 *
 * @throws {UsageError} when a folder is in use, not writable or holds another campaign: of all experiments, before the first round.
 * @throws {DataError} when the disk is full or run after run crashes.
 */
export async function measureInRounds(
  request: RoundsRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<RoundsEnd> {
  const { asked, out } = request;
  const questions = questionsOf(asked);
  const rounds = new Rounds(questions, sequentialLooks(), request.budgetMs);
  const measured = new Set<string>();
  const measure = (experiment: string, goesOn: boolean): Promise<CampaignEnd> => {
    measured.add(experiment);
    return runCampaign(
      campaignOf(request, experiment, rounds, questions, { goesOn, restart: false }),
      progress,
      signal,
    );
  };
  const end = (kind: RoundsEnd["kind"]): RoundsEnd => ({
    kind,
    claims: questions.map((question) => ({ ...question, ...rounds.standing(question) })),
    spentMs: rounds.spentMs,
  });

  const { restart = false } = request;
  const campaigns = asked
    .filter(({ claims }) => claims.length > 0)
    .map(({ experiment }) =>
      campaignOf(request, experiment.name, rounds, questions, { goesOn: true, restart }),
    );
  for (const campaign of campaigns) checkFolder(campaign);
  if (restart) for (const campaign of campaigns) discardCampaign(campaign);
  for (let round = rounds.next(); round.length > 0; round = rounds.next()) {
    for (const { experiment, claims } of asked) {
      const ofRound = round.filter((question) => question.experiment === experiment.name);
      if (ofRound.length === 0) continue;
      if ((await measure(experiment.name, true)).kind === "stopped") return end("stopped");
      const data = whyNotMeasured(experiment, out) === null ? load(experiment, out) : null;
      for (const question of ofRound) {
        const claim = claims.find(({ id }) => id === question.claim) as Claim;
        if (data === null) rounds.close(question);
        else {
          const look = rounds.lookOf(question);
          rounds.judged(
            question,
            judgeable(claim, join(out, experiment.name), () => judgeAtLook(claim, data, look)),
          );
        }
      }
    }
  }
  for (const experiment of measured) {
    if ((await measure(experiment, false)).kind === "stopped") return end("stopped");
  }
  return end("finished");
}

function campaignOf(
  { asked, seed, out, conditions, timeLimitMs, ...request }: RoundsRequest,
  name: string,
  rounds: Rounds,
  questions: readonly Question[],
  { goesOn, restart }: { readonly goesOn: boolean; readonly restart: boolean },
): CampaignRequest {
  const { experiment, module } = asked.find((one) => one.experiment.name === name) as (typeof asked)[number];
  const factors = Object.keys(experiment.factors);
  const sequential: NonNullable<Manifest["sequential"]> = {
    looks: sequentialLooks().map(({ runs, level }) => ({ runs, level })),
    budgetMs: request.budgetMs,
    ...(!request.isAll && { asked: questions.map(({ claim }) => claim) }),
    claims: questions
      .filter((question) => question.experiment === name)
      .map((question) => ({ claim: question.claim, ...rounds.standing(question) })),
    cells: runsOfCells(
      questions.filter((question) => question.experiment === name),
      rounds,
    ),
  };
  return {
    experiment,
    module,
    seed,
    out,
    restart,
    profile: "sequential",
    selection: {
      needs: ({ part, scenario, block }) => block < rounds.runsOf(name, cellKey(part, scenario, factors)),
      sequential,
      goesOn,
    },
    ...(conditions && { conditions }),
    ...(timeLimitMs && { timeLimitMs }),
  };
}

/** How many runs the cells that questions of one experiment read have been given. */
export function runsOfCells(questions: readonly Question[], rounds: Rounds) {
  const cells = new Map(questions.flatMap((question) => question.cells.map((cell) => [cell.key, cell])));
  const [{ experiment } = { experiment: "" }] = questions;
  return [...cells.values()].flatMap(({ key, part, levels }) => {
    const runs = rounds.runsOf(experiment, key);
    return runs === 0 ? [] : [{ part, levels, runs }];
  });
}
