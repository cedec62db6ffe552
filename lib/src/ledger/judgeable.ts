import { DataError } from "../measure/study-error.ts";
import type { Claim } from "./claim.ts";
import type { Judgement } from "./judge.ts";

/**
 * Judges a claim by tables in a folder. Values may be of the right schema and still none that a statistic is defined for, such
 * as rates over no time.
 *
 * @throws {DataError} naming claim and folder, and the line that could not go on: the fault may lie there, too.
 */
export function judgeable(claim: Claim, folder: string, judge: () => Judgement): Judgement {
  try {
    return judge();
  } catch (cause) {
    if (!(cause instanceof RangeError || cause instanceof TypeError)) throw cause;
    const [, place = "a place unknown"] =
      /^ +at .*?\(?((?:file:|\/)\S+:\d+):\d+\)?$/m.exec(cause.stack ?? "") ?? [];
    throw new DataError(
      `claim cannot be judged: ${claim.id} by ${folder} (${cause}); restore its tables from version control, or measure again with \`scheduling-safety run ${claim.experiment}\`; if they are whole, correct ${place}`,
      { cause },
    );
  }
}
