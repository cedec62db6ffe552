import type { ColumnTable } from "arquero";
import type { Annotation, Data } from "plotly.js";
import type { Figure } from "../figure.ts";
import { levelsOf, type Row, rowsOf } from "../rows.ts";

const INK = "#1f2328";
const ACCUSED = "#D55E00";

/** Fill and text of a cell by verdict: the darker, the more it sees. */
const sights = {
  sees: { fill: "#0072B2", ink: "#ffffff", text: "sees" },
  partly: { fill: "#9ecae9", ink: INK, text: "unclear" },
  blind: { fill: "#eceff2", ink: INK, text: "blind" },
  silent: { fill: "#ffffff", ink: "#57606a", text: "silent" },
} as const;

const cellPx = 30;

/**
 * Draws which instrument sees that the last worker is held, on which system: a grid whose cells tell by which factor the
 * reading changes; a frame marks readings that accuse workers nobody held.
 *
 * @param verdicts what `instrumentVerdicts` gives
 */
export function introspectionSight(verdicts: ColumnTable): Figure {
  const rows = rowsOf(verdicts);
  const systems = levelsOf<string>(rows, "system");
  const labels = [...new Set(rows.map(label))].reverse();
  const data = (Object.keys(sights) as (keyof typeof sights)[]).map((sight): Data => {
    const of = rows.filter((row) => (row["seesSaturation"] ?? "silent") === sight);
    const { fill, ink, text } = sights[sight];
    return {
      type: "scatter",
      mode: "markers+text",
      name: text,
      x: of.map((row) => row["system"] as string),
      y: of.map(label),
      text: of.map((row) => (sight === "silent" ? "silent" : times(row["factor"]))),
      textfont: { size: 13, color: ink },
      marker: {
        symbol: "square",
        size: cellPx - 4,
        color: fill,
        line: { width: 3, color: of.map((row) => (row["accuses"] === true ? ACCUSED : fill)) },
      },
      hovertemplate: `%{y}, %{x}: ${text}<extra></extra>`,
      showlegend: false,
      cliponaxis: false,
    } as unknown as Data;
  });
  return {
    id: "introspection-sight",
    title: "Which instrument sees a saturated pool",
    alt: `Grid of instruments (${[...labels].reverse().join(", ")}) by systems (${systems.join(", ")}). Each cell tells by which factor the reading changes when the last worker is held, and whether that makes the instrument see saturation, be blind to it or stay silent; a frame marks instruments that accuse workers that no blocker held.`,
    data,
    layout: {
      height: labels.length * cellPx + 110,
      margin: { l: 230, r: 16, t: 76, b: 12 },
      xaxis: {
        type: "category",
        side: "top",
        range: [-0.5, systems.length - 0.5],
        categoryorder: "array",
        categoryarray: systems,
        showline: false,
        showgrid: false,
        ticks: "",
      },
      yaxis: {
        type: "category",
        range: [-0.6, labels.length - 0.4],
        categoryorder: "array",
        categoryarray: labels,
        showline: false,
        showgrid: false,
        ticks: "",
      },
      annotations: key(),
    },
  };
}

function label(row: Row): string {
  return `${row["source"] as string}: ${row["instrument"] as string}`;
}

function times(factor: Row[string] | undefined): string {
  if (typeof factor !== "number") return "–";
  return `×${factor < 10 ? factor.toFixed(1) : factor.toFixed(0)}`;
}

/** Names the fills and the frame, above the grid. */
function key(): Partial<Annotation>[] {
  const entry = {
    xref: "paper",
    yref: "paper",
    y: 1,
    yanchor: "bottom",
    yshift: 34,
    showarrow: false,
  } as const;
  const { sees, partly, blind } = sights;
  const places = [-0.5, -0.4, -0.26];
  const named = [sees, partly, blind].map(({ fill, ink, text }, i) => ({
    ...entry,
    text: ` ${text} `,
    font: { size: 13, color: ink },
    bgcolor: fill,
    x: places[i] as number,
    xanchor: "left" as const,
  }));
  const framed = {
    ...entry,
    text: " frame: accuses a healthy worker ",
    font: { size: 13, color: INK },
    bordercolor: ACCUSED,
    borderwidth: 2,
    x: 1,
    xanchor: "right" as const,
  };
  return [...named, framed];
}
