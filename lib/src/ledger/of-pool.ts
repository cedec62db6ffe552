import { mainWorkers } from "../summary/main-workers.ts";
import type { Dataset } from "../tables/load.ts";
import { type Judgement, undecided } from "./judge.ts";

/** Keeps a judgement of what is said of a pool of so many workers; a pool of another size decides nothing of it. */
export function ofPool(workers: number, data: Dataset, judgement: Judgement): Judgement {
  if (mainWorkers(data) === workers) return judgement;
  return undecided(`no pool of ${workers} workers was measured`);
}

/** Keeps a judgement that sets W − 1 blockers beside none: in a pool of one worker both are the same runs. */
export function besideFreeWorker(data: Dataset, judgement: Judgement): Judgement {
  if (mainWorkers(data) > 1) return judgement;
  return undecided("a pool of one worker leaves none free beside a blocker");
}
