import type { Layout, LayoutAxis, Template } from "plotly.js";
import type { Figure } from "./figure.ts";
import { palette } from "./palette.ts";

/** How one kind of series looks in every figure: hue, dash and symbol differ together, so that none is needed alone. */
export interface SeriesStyle {
  readonly color: string;
  readonly dash: "solid" | "dash" | "dot" | "dashdot";
  readonly symbol: "circle" | "square" | "diamond" | "x" | "triangle-up";
}

/** The palette of Okabe and Ito (https://jfly.uni-koeln.de/color/), without its yellow, too pale on white paper. */
const OKABE_ITO = [
  palette.blue,
  palette.vermilion,
  palette.green,
  palette.purple,
  palette.ochre,
  palette.sky,
];

const SERIES: ReadonlyMap<string, SeriesStyle> = new Map([
  ["run-queue", { color: palette.blue, dash: "solid", symbol: "circle" }],
  ["piscina", { color: palette.vermilion, dash: "solid", symbol: "square" }],
  ["pinned", { color: palette.green, dash: "solid", symbol: "diamond" }],
  ["tokio (published)", { color: palette.slate, dash: "dash", symbol: "x" }],
  ["bare timer", { color: palette.faint, dash: "dot", symbol: "triangle-up" }],
]);

/** The width of the article's column in CSS pixels; the PDF prints it at 89 %, which leaves its text at 9 points. */
export const FIGURE_WIDTH = 680;
export const FIGURE_HEIGHT = 400;
export const FIGURE_FONT = '"Source Sans 3", "Source Sans Pro", sans-serif';

/**
 * Gives the style of a series by its name, the same in every figure.
 * @throws RangeError for a name that has no style.
 */
export function seriesStyle(name: string): SeriesStyle {
  const style = SERIES.get(name);
  if (style === undefined) {
    throw new RangeError(`series must be one of ${[...SERIES.keys()].join(", ")}; got ${name}`);
  }
  return style;
}

/** Titles an axis with its unit, as in `Overhead p99 (ms)`; a quantity without a unit takes `null`. */
export function axis(
  title: string,
  unit: string | null,
  more: Partial<LayoutAxis> = {},
): Partial<LayoutAxis> {
  return { title: axisTitle(title, unit), ...more };
}

/** Titles a logarithmic axis: a label at each decade, in plain digits, and small ticks between. */
export function logAxis(
  title: string,
  unit: string | null,
  more: Partial<LayoutAxis> = {},
): Partial<LayoutAxis> {
  const ticks = {
    type: "log",
    dtick: labelled(more.range),
    tickformat: ",~r",
    minor: { dtick: "D1", ticks: "outside", ticklen: 3 },
  };
  return { ...(ticks as Partial<LayoutAxis>), title: axisTitle(title, unit), ...more };
}

/** Which values of a logarithmic axis are labelled: whole decades, or 1, 2 and 5 of each, or all digits, until two labels stand. */
function labelled(range: readonly unknown[] | undefined): 1 | "D2" | "D1" {
  const [from, to] = range ?? [];
  if (typeof from !== "number" || typeof to !== "number") return 1;
  const labels = (digits: readonly number[]) => {
    const decades = Array.from(
      { length: Math.floor(to) - Math.floor(from) + 1 },
      (_, i) => Math.floor(from) + i,
    );
    return decades
      .flatMap((decade) => digits.map((digit) => decade + Math.log10(digit)))
      .filter((at) => from <= at && at <= to).length;
  };
  if (labels([1]) > 1) return 1;
  return labels([1, 2, 5]) > 1 ? "D2" : "D1";
}

/** Puts the house theme below a figure's own layout. */
export function themed(figure: Figure): Figure {
  const { width = FIGURE_WIDTH, height = FIGURE_HEIGHT } = figure.layout;
  return { ...figure, layout: { ...figure.layout, width, height, template: houseTemplate } };
}

function axisTitle(title: string, unit: string | null): { text: string } {
  return { text: unit === null ? title : `${title} (${unit})` };
}

const houseAxis: Partial<LayoutAxis> = {
  showline: true,
  linecolor: palette.muted,
  linewidth: 1,
  ticks: "outside",
  ticklen: 5,
  tickcolor: palette.muted,
  gridcolor: palette.grid,
  zeroline: false,
  automargin: true,
  title: { font: { size: 15 } },
};

/**
 * White paper on every page, dark ones too: a figure is printed matter, and its SVG on a code host
 * cannot know the colour behind it.
 */
const houseLayout: Partial<Layout> = {
  font: { family: FIGURE_FONT, size: 14, color: palette.ink },
  paper_bgcolor: palette.paper,
  plot_bgcolor: palette.paper,
  colorway: OKABE_ITO,
  margin: { l: 64, r: 20, t: 20, b: 56 },
  xaxis: houseAxis,
  yaxis: houseAxis,
  legend: {
    orientation: "h",
    x: 0,
    xanchor: "left",
    y: 1.02,
    yanchor: "bottom",
    bgcolor: "rgba(255,255,255,0)",
  },
  hoverlabel: { font: { family: FIGURE_FONT } },
};

const houseTemplate: Template = {
  layout: houseLayout,
  data: {
    scatter: [{ type: "scatter", line: { width: 2 }, marker: { size: 8 } }],
  },
};
