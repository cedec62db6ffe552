import type { ColumnTable } from "arquero";
import type { Figure } from "../figure.ts";
import { axis } from "../theme.ts";
import { classStyle, holdClasses, sortedSources, sourceAxis, sourceMarks } from "./source-rows.ts";

const MARK = "#6e7781";

/**
 * Draws the CPU time of the thread during the calls of each source, as a share of the time it was held, coloured by what
 * was expected; a line marks where parked ends and computing begins.
 *
 * @param holds what `sourceHolds` gives
 */
export function blockingSourcesCpu(holds: ColumnTable): Figure {
  const sources = sortedSources(holds);
  const names = { parked: "expected to park", computing: "expected to compute" } as const;
  return {
    id: "blocking-sources-cpu",
    title: "Parked or computing",
    alt: `CPU time of the worker's thread as a share in percent of the time it was held, for each source of blocking (${sources.map(({ source }) => source as string).join(", ")}), with 95 % intervals over runs. Blue circles: sources expected to park; orange squares: sources expected to compute. A dotted line at one half separates the classes.`,
    data: holdClasses.map((expected) => ({
      ...sourceMarks({
        name: names[expected],
        rows: sources.filter((row) => row["expected"] === expected),
        x: ["cpuShare", "cpuLowShare", "cpuHighShare"],
        scale: 100,
        ...classStyle[expected],
        unit: "%",
      }),
      showlegend: true,
    })),
    layout: {
      height: 24 * sources.length + 110,
      margin: { l: 160, r: 16, t: 34, b: 52 },
      xaxis: axis("CPU time of the thread, share of the hold", "%", { range: [-4, 110], dtick: 25 }),
      yaxis: sourceAxis(sources),
      shapes: [
        {
          type: "line",
          layer: "below",
          x0: 50,
          x1: 50,
          y0: 0,
          y1: 1,
          yref: "paper",
          line: { color: MARK, width: 1, dash: "dot" },
        },
      ],
    },
  };
}
