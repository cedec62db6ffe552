import { withConfidenceLevel } from "../summary/confidence-level.ts";
import type { Dataset } from "../tables/load.ts";
import type { Claim } from "./claim.ts";
import { type Judgement, undecided } from "./judge.ts";

/** Where a claim was looked at: with so many runs of each scenario, and intervals of this coverage. */
export interface LookedAt {
  readonly runs: number;
  readonly level: number;
}

/** Judges a claim as at one look of a campaign in rounds: by the runs up to it, and by intervals of its coverage. */
export function judgeAtLook(claim: Claim, data: Dataset, { runs, level }: LookedAt): Judgement {
  return withConfidenceLevel(level, () => claim.judge(upTo(data, runs)));
}

/** Judges a claim by a data set that was measured in rounds, as its last look did; all of its runs, where it was not looked at. */
export function judgeInRounds(claim: Claim, data: Dataset): Judgement {
  const { sequential } = data.manifest;
  if (sequential === undefined) return claim.judge(data);
  const asked = sequential.claims.find((one) => one.claim === claim.id);
  const look = asked && sequential.looks[asked.looks - 1];
  return look === undefined
    ? undecided("not measured: its campaign ended before the first look at this claim")
    : judgeAtLook(claim, data, look);
}

/** The data that there were when each scenario had so many runs: in a campaign in rounds, a block is one run of each. */
function upTo(data: Dataset, blocks: number): Dataset {
  const all = Array.from(data.runs.array("block") as Iterable<number>);
  if (all.every((block) => block < blocks)) return data;
  const { samples } = data;
  const block = samples.array("block") as ArrayLike<number>;
  const rows: number[] = [];
  for (let row = 0; row < block.length; row++) if ((block[row] as number) < blocks) rows.push(row);
  return {
    ...data,
    runs: data.runs.reify(all.flatMap((one, row) => (one < blocks ? [row] : []))),
    samples: samples.reify(rows),
  };
}
