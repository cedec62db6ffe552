import { type LogisticKnee, logisticKnee } from "../../stats/logistic-knee.ts";
import { seededRandom } from "../../stats/random.ts";
import type { Dataset } from "../../tables/load.ts";
import type { CellQuery } from "../cells.ts";
import { deadlineCounts } from "../deadline-counts.ts";
import { mainWorkers } from "../main-workers.ts";

/** Finds where requests begin to fail as tasks grow, at given levels of executor and blockers, main worker count. */
export function loadKnee(dataset: Dataset, levels: NonNullable<CellQuery["where"]>): LogisticKnee | null {
  const where = { ...levels, workers: mainWorkers(dataset) };
  return logisticKnee(
    deadlineCounts(dataset, { by: ["tasks"], where }).map(({ levels: { tasks }, counts }) => ({
      at: tasks as number,
      failures: counts[0],
      requests: counts[1],
    })),
    { random: seededRandom(1) },
  );
}
