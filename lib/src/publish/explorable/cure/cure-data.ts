import { type Edition, readFigure } from "../../article/edition.ts";
import { type FigurePoint, figurePoints } from "../pool/figure-points.ts";
import { remedyLabels } from "./choice.ts";
import type { CureEdition, MeasuredCure } from "./cure-chart.ts";

/** The figures whose marks are taken, the panel of jobs that sleep, and the remedies by their lines in it. */
const delays = { figure: "remedies-victims", series: "probes on the workers" } as const;
const jobs = { figure: "remedies-throughput", series: "jobs a second" } as const;
const panel = "sleep";
const lines = ["as-is", "async", "await-in-task", "isolated", "chunked", "admission"] as const;

/** Takes what was measured of each remedy from the figures that show it. @throws DataError if they lack it */
export async function cureData(editions: readonly Edition[]): Promise<CureEdition[]> {
  return Promise.all(
    editions.map(async (edition) => {
      const [late, done] = await Promise.all(
        [delays, jobs].map(async ({ figure, series }) => {
          const { json } = await readFigure(edition, figure);
          return figurePoints(figure, json, panel, [series])[series] ?? [];
        }),
      );
      return { name: edition.source.name, cures: curesOf(late ?? [], done ?? []) };
    }),
  );
}

function curesOf(late: readonly FigurePoint[], done: readonly FigurePoint[]): MeasuredCure[] {
  return remedyLabels.flatMap(([remedy]) => {
    const line = -lines.indexOf(remedy);
    const delay = late.find(({ y }) => y === line);
    const rate = done.find(({ y }) => y === line);
    if (delay === undefined || rate === undefined) return [];
    return [{ remedy, p95Ms: delay.x, lowMs: delay.low, highMs: delay.high, jobsPerSecond: rate.x }];
  });
}
