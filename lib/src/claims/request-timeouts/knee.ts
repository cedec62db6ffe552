import type { CellQuery } from "../../analysis/cells.ts";
import { type Estimate, missing, shareOf } from "../../analysis/estimate.ts";
import { type FailureCounts, failureCounts } from "../../analysis/failure-counts.ts";
import { mainWorkers } from "../../analysis/main-workers.ts";
import { ratio } from "../../stats/contrast.ts";
import type { Interval } from "../../stats/interval.ts";
import { type LogisticKnee, logisticKnee } from "../../stats/logistic-knee.ts";
import { seededRandom } from "../../stats/random.ts";
import type { Dataset } from "../../tables/load.ts";

type Levels = NonNullable<CellQuery["where"]>;

/** Where one in twenty requests fails (onset) and where half of them do (midpoint), in clients. */
export function failureKnee(data: Dataset, executor: string, load: string): LogisticKnee | null {
  const levels = countsBy(data, { executor, load }).map(({ cell, failures, requests }) => ({
    at: cell.levels["clients"] as number,
    failures,
    requests,
  }));
  return logisticKnee(levels, { random: seededRandom(1) });
}

/** Estimates the share of requests that fail, with this many clients in the closed loop. */
export function failureShare(data: Dataset, clients: number, levels: Levels): Estimate {
  const [counts] = countsBy(data, { load: "closed-loop", clients, ...levels });
  return counts ? shareOf(counts.failures, counts.requests) : missing;
}

/** Divides two estimates of separate runs; missing where one of them is, or is not surely above zero. */
export function ratioOf(a: Estimate | null, b: Estimate | null): Estimate {
  const [above, below] = [bounded(a), bounded(b)];
  return (above && below && ratio(above, below)) ?? missing;
}

function countsBy(data: Dataset, levels: Levels): FailureCounts[] {
  return failureCounts(data, { by: ["clients"], where: { workers: mainWorkers(data), ...levels } });
}

function bounded(estimate: Estimate | null): Pick<Interval, "estimate" | "low" | "high"> | null {
  if (estimate === null) return null;
  const { estimate: value, low, high } = estimate;
  if (value === null || low === null || high === null) return null;
  return [value, low, high].every(Number.isFinite) ? { estimate: value, low, high } : null;
}
