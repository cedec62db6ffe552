import type { Data } from "plotly.js";
import type { BenchResults } from "../tables/bench-results.ts";
import type { Figure } from "./figure.ts";
import { logRange } from "./log-range.ts";
import { keysOnTop } from "./marker-keys.ts";
import { logAxis } from "./theme.ts";

/** Hues of the candidates in their order, ours first; dash and symbol differ with them. */
const looks = [
  { color: "#0072B2", dash: "solid", symbol: "circle" },
  { color: "#D55E00", dash: "dash", symbol: "square" },
  { color: "#009E73", dash: "dot", symbol: "diamond" },
  { color: "#CC79A7", dash: "dashdot", symbol: "triangle-up" },
] as const;

/**
 * Draws what a stage costs against its size, both logarithmic, one line a candidate.
 *
 * @throws {RangeError} for a stage that was not measured
 */
export function costAgainstSize({ rows }: BenchResults, stage: string): Figure {
  const measured = rows.filter((row) => row.stage === stage);
  const [first] = measured;
  if (first === undefined) {
    const stages = [...new Set(rows.map((row) => row.stage))];
    throw new RangeError(`stage must be one of ${stages.join(", ")}; got ${stage}`);
  }
  const candidates = [
    ...new Set(measured.toSorted((a, b) => Number(b.ours) - Number(a.ours)).map((row) => row.candidate)),
  ];
  const data = candidates.map((candidate, i): Data => {
    const points = measured.filter((row) => row.candidate === candidate).toSorted((a, b) => a.size - b.size);
    const { color, dash, symbol } = looks[i % looks.length] as (typeof looks)[number];
    return {
      type: "scatter",
      mode: "lines+markers",
      name: candidate,
      x: points.map(({ size }) => size),
      y: points.map(({ cost }) => cost),
      line: { color, dash },
      marker: { color, symbol, size: 8 },
      hovertemplate: `${candidate}: %{y:.3~r} ${first.costUnit} at %{x:,} ${first.sizeUnit}<extra></extra>`,
      showlegend: true,
    } as Data;
  });
  return {
    id: `bench-${stage}`,
    title: `What it costs: ${stage.replaceAll("-", " ")}`,
    alt: `Cost in ${first.costUnit} against size in ${first.sizeUnit}, both on logarithmic axes, one line for each of ${candidates.join(", ")}.`,
    data,
    layout: {
      height: 340,
      xaxis: logAxis("Size", first.sizeUnit, { range: logRange(measured, ["size"]) }),
      yaxis: logAxis("Cost", first.costUnit, { range: logRange(measured, ["cost"]) }),
      legend: keysOnTop,
      margin: { l: 72, r: 16, t: 64, b: 52 },
    },
  };
}
