import type { Edition } from "../../article/edition.ts";
import { byBlockers, figurePoints, fromEditions } from "../pool/figure-points.ts";
import type { ConvoyEdition } from "./failure-chart.ts";

/** The figure whose marks are taken, its panel, and its series without a lock and with it. */
const figure = "mutex-convoy-failures";
const panel = "100 tasks";
const series = ["no lock", "lock: takes it"] as const;

/** Takes the measured shares from the figure that shows them. @throws DataError if the reference lacks them */
export function convoyData(editions: readonly Edition[]): Promise<ConvoyEdition[]> {
  return fromEditions(editions, figure, (json, name) => {
    const points = figurePoints(figure, json, panel, series);
    return { name, none: points["no lock"].map(byBlockers), fair: points["lock: takes it"].map(byBlockers) };
  });
}
