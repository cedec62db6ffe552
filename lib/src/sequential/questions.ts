import type { Experiment } from "../design/experiment.ts";
import type { Claim } from "../ledger/claim.ts";
import { cellsRead } from "./cells-read.ts";
import type { Question } from "./rounds.ts";

/** An experiment, and those of its claims that are to be decided. */
export interface Asked {
  readonly experiment: Experiment;
  readonly claims: readonly Claim[];
}

/** Gathers the claims that experiments decide, whichever study states them; one of them, if it is named. */
export function askedOf<E extends { readonly experiment: Experiment }>(
  experiments: readonly E[],
  studies: readonly { readonly claims: readonly Claim[] }[],
  only?: string,
): readonly (E & Asked)[] {
  const claims = studies
    .flatMap((study) => study.claims)
    .filter(({ id }) => only === undefined || id === only);
  return experiments.map((one) => ({
    ...one,
    claims: claims.filter((claim) => claim.experiment === one.experiment.name),
  }));
}

/** Lists what a campaign is to decide: each claim, with the cells that it reads. */
export function questionsOf(asked: readonly Asked[]): readonly Question[] {
  return asked.flatMap(({ experiment, claims }) => {
    const cells = cellsRead(experiment, claims);
    return claims.map(({ id }) => ({
      claim: id,
      experiment: experiment.name,
      cells: cells.get(id) ?? [],
    }));
  });
}
