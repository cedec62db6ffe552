import type { Edition } from "../../article/edition.ts";
import { byBlockers, figurePoints, fromEditions } from "../pool/figure-points.ts";
import type { CliffData } from "../question.ts";
import type { MeasuredDelays } from "./delay-chart.ts";

/** The pool that the reader starves, and that was measured. */
const workers = 4;
/** The figure whose marks are taken. */
export const measuredFigure = "scheduling-delay-overhead";

/** Takes the measured points from the figure that shows them. @throws DataError if the reference lacks them */
export async function cliffData(editions: readonly Edition[]): Promise<CliffData> {
  const of = (executor: string) =>
    fromEditions(editions, measuredFigure, (json, name) => ({
      name,
      delays: measuredDelays(json, executor),
    }));
  return { workers, measured: { "run-queue": await of("run-queue"), pinned: await of("pinned") } };
}

/** Takes the measured delays of one executor. @throws DataError if the figure has no panel of it */
export function measuredDelays(json: string, executor: string): MeasuredDelays {
  const { p50, p99 } = figurePoints(measuredFigure, json, executor, ["p50", "p99"]);
  return { p50: p50.map(byBlockers), p99: p99.map(byBlockers) };
}
