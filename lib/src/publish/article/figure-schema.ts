import * as v from "valibot";
import type { DataSource } from "../../measure/parse-json.ts";

/** A figure as errors name it: by its file, or by its id. */
export function figureSource(path: string): DataSource {
  return { noun: "figure", path, remedy: "execute the notebooks again" };
}

const pixels = v.pipe(v.number(), v.minValue(1), v.maxValue(10_000));

/** What a page has to know of a figure before it shows it. */
export const figureHead = v.object({
  alt: v.pipe(v.string(), v.trim(), v.nonEmpty()),
  layout: v.object({ width: pixels, height: pixels }),
});

/** What Plotly draws, as it is stored. */
export const figureDrawing = v.object({ data: v.unknown(), layout: v.unknown() });

const lengths = v.optional(v.array(v.nullable(v.number())));
const bars = v.optional(v.object({ array: lengths, arrayminus: lengths }));
const cells = v.optional(v.array(v.nullable(v.union([v.number(), v.string()]))), []);

/** The points that a figure draws. */
export const figurePoints = v.object({
  data: v.array(
    v.object({
      name: v.optional(v.string(), ""),
      xaxis: v.optional(v.string(), "x"),
      x: cells,
      y: cells,
      error_x: bars,
      error_y: bars,
    }),
  ),
});

/** The points, and what is written above the panels. */
export const figurePanels = v.object({
  ...figurePoints.entries,
  layout: v.object({ annotations: v.optional(v.array(v.object({ text: v.string() })), []) }),
});

/** What is written beside the lines of a figure that has a name for each. */
export const figureLines = v.object({
  layout: v.object({
    yaxis: v.object({ tickvals: v.array(v.number()), ticktext: v.array(v.string()) }),
  }),
});

/** What stands around the points, axes among it. */
export const figureLayout = v.object({ layout: v.record(v.string(), v.unknown()) });
export const figureAxis = v.object({
  title: v.optional(v.object({ text: v.optional(v.string()) })),
});

/** A series of points, and the lengths of their bars. */
export type FigureTrace = v.InferOutput<typeof figurePoints>["data"][number];
