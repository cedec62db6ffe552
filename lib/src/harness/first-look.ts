import { join } from "node:path";
import type { Experiment } from "../design/experiment.ts";
import { DataError } from "../measure/study-error.ts";
import { firstLookFolder, localData } from "../tables/data-folder.ts";
import type { Restriction } from "./plan.ts";
import type { Progress } from "./progress.ts";
import { runCampaign } from "./run-campaign.ts";

/** What a first look needs of a study. */
export interface Measurable {
  readonly module: URL;
  readonly experiment: () => Experiment;
}

/**
 * Measures a part of a study's quick design here and now, each run in a fresh process, and says how it goes. It replaces
 * what an earlier first look at the study left.
 *
 * @param levels levels to measure, factor to levels; a factor that is left out keeps all of the design's
 * @returns the folder of the data set, for the study's `load`
 * @throws {UsageError} when the design has no such level.
 */
export async function firstLook(
  { module, experiment }: Measurable,
  levels: Restriction,
  print: (line: string) => void = console.log,
): Promise<string> {
  const out = join(localData, firstLookFolder);
  const declared = experiment();
  const request = {
    experiment: declared,
    module,
    profile: "quick",
    seed: 1,
    restriction: levels,
    out,
  } as const;
  const end = await runCampaign(
    { ...request, restart: true, fixed: true },
    inLines(print),
    new AbortController().signal,
  );
  if (end.kind !== "finished")
    throw new DataError(`first look stopped after ${end.done} of ${end.total} runs`);
  return out;
}

/** A line at each tenth of the way. */
function inLines(print: (line: string) => void): Progress {
  let tenths = -1;
  return {
    begin: () => {},
    next: ({ done, total, leftMs }) => {
      const now = Math.floor((10 * done) / total);
      if (now > tenths) print(`${done} of ${total} runs, ${Math.ceil(leftMs / 1000)} s left`);
      tenths = Math.max(tenths, now);
    },
    warn: print,
    end: (text) => {
      if (text !== undefined) print(text);
    },
  };
}
