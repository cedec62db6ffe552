import type { Dataset } from "../../tables/load.ts";
import type { Handed } from "../handed.ts";
import { mainWorkers } from "../main-workers.ts";
import { blameShare } from "./blame-shares.ts";
import { sharedWords } from "./error-surfaces.ts";

/**
 * Names the numbers that the article cites: over all mechanisms, the shares of failures that name the culprit, that the
 * records accuse the blockers of, and during which a worker was held, by cause. Null where the profile did not measure a
 * value.
 */
export function blameValues(dataset: Dataset): Handed {
  const { runs } = dataset.manifest;
  const outcomes = Array.from(dataset.samples.array("outcome") as ArrayLike<string>);
  const values: Record<string, number | null> = {
    workers: mainWorkers(dataset),
    runs: runs.valid,
    invalidRuns: runs.planned - runs.valid,
    operations: outcomes.length,
    failures: outcomes.filter((outcome) => outcome !== "completed").length,
    sharedWordsShare: sharedWords(dataset).estimate,
  };
  for (const [name, cause] of [
    ["Blocked", "blocked-workers"],
    ["Dependency", "slow-dependency"],
  ] as const) {
    const named = blameShare(dataset, "named", { cause });
    const accused = blameShare(dataset, "accused", { cause });
    values[`named${name}Share`] = named.estimate;
    values[`named${name}HighShare`] = named.high;
    values[`accused${name}Share`] = accused.estimate;
    values[`accused${name}LowShare`] = accused.low;
    values[`accused${name}HighShare`] = accused.high;
    values[`busy${name}Share`] = blameShare(dataset, "busy", { cause }).estimate;
  }
  return values;
}
