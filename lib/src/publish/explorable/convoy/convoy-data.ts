import { type Edition, readFigure } from "../../article/edition.ts";
import { byBlockers, figurePoints } from "../pool/figure-points.ts";
import type { ConvoyEdition } from "./failure-chart.ts";

/** The figure whose marks are taken, its panel, and its series without a lock and with it. */
const figure = "mutex-convoy-failures";
const panel = "100 tasks";
const series = ["no lock", "lock: takes it"] as const;

/** Takes the measured shares of every edition from the figure that shows them. @throws DataError if it lacks them */
export async function convoyData(editions: readonly Edition[]): Promise<ConvoyEdition[]> {
  return Promise.all(
    editions.map(async (edition) => {
      const { json } = await readFigure(edition, figure);
      const points = figurePoints(figure, json, panel, series);
      return {
        name: edition.source.name,
        none: points["no lock"].map(byBlockers),
        fair: points["lock: takes it"].map(byBlockers),
      };
    }),
  );
}
