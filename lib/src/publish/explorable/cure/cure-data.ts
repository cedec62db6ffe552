import { parseJson } from "../../../measure/parse-json.ts";
import type { Edition } from "../../article/edition.ts";
import { figureLines, figureSource } from "../../article/figure-schema.ts";
import { type FigurePoint, figurePoints, fromEditions } from "../pool/figure-points.ts";
import { remedyLabels } from "./choice.ts";
import type { CureEdition, MeasuredCure } from "./cure-chart.ts";

/** The figures whose marks are taken, and the panel of jobs that sleep. */
const delays = { figure: "remedies-victims", series: "probes on the workers" } as const;
const jobs = { figure: "remedies-throughput", series: "jobs a second" } as const;
const panel = "sleep";

/** Takes what was measured of each remedy from the figures that show it. @throws DataError if the reference lacks it */
export async function cureData(editions: readonly Edition[]): Promise<CureEdition[]> {
  const [late, done] = await Promise.all([marksOf(editions, delays), marksOf(editions, jobs)]);
  return late.flatMap(({ name, marks }) => {
    const rates = done.find((edition) => edition.name === name)?.marks;
    return rates === undefined ? [] : [{ name, cures: curesOf(marks, rates) }];
  });
}

/** The marks of a series, by the remedy that is written beside their line. */
type Marks = ReadonlyMap<string, FigurePoint>;

function marksOf(
  editions: readonly Edition[],
  { figure, series }: typeof delays | typeof jobs,
): Promise<{ readonly name: string; readonly marks: Marks }[]> {
  return fromEditions(editions, figure, (json, name) => {
    const { yaxis } = parseJson(json, figureLines, figureSource(figure)).layout;
    const remedies = new Map(yaxis.tickvals.map((y, i) => [y, yaxis.ticktext[i] ?? ""]));
    const points = figurePoints<string>(figure, json, panel, [series])[series] ?? [];
    return { name, marks: new Map(points.map((point) => [remedies.get(point.y) ?? "", point])) };
  });
}

function curesOf(late: Marks, done: Marks): MeasuredCure[] {
  return remedyLabels.flatMap(([remedy]) => {
    const [delay, rate] = [late, done].map((marks) => marks.get(remedy.replaceAll("-", " ")));
    if (delay === undefined || rate === undefined) return [];
    return [{ remedy, p95Ms: delay.x, lowMs: delay.low, highMs: delay.high, jobsPerSecond: rate.x }];
  });
}
