import { DataError } from "../measure/study-error.ts";
import { discardPart } from "./kept-parts.ts";

/** A run whose process failed. */
export interface Crash {
  /** Of its part. */
  readonly path: string;
  /** What the process said on stderr. */
  readonly output: string;
}

/** As many crashes in a row mean a broken set-up, not a rare fault worth recording. */
const crashesInARow = 5;

/**
 * Ends a campaign in which run after run crashes; their parts are removed, so that they are done again.
 *
 * @param crashed the crashes since the last run that ended otherwise
 * @throws {DataError} when there are too many, with what the last one said.
 */
export function checkCrashes(experiment: string, crashed: readonly Crash[]): void {
  if (crashed.length < crashesInARow) return;
  for (const { path } of crashed) discardPart(path);
  throw new DataError(
    `runs crash: the last ${crashesInARow} of ${experiment} in a row; correct the cause and run the same command again\n${crashed.at(-1)?.output ?? ""}`,
  );
}
