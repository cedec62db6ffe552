import type { Annotation, Layout, LayoutAxis } from "plotly.js";

export interface PanelTitle {
  readonly text: string;
  readonly color: string;
}

export interface PanelOptions {
  readonly columns: number;
  readonly x: Partial<LayoutAxis>;
  readonly y: Partial<LayoutAxis>;
  /** Space between panels, as shares of the plot. */
  readonly gap?: readonly [across: number, down: number];
}

/** Where a trace or an annotation goes to be in one panel. */
export interface PanelAxes {
  readonly xaxis: string;
  readonly yaxis: string;
}

/**
 * Lays out small multiples that share their scales: a title on each panel, tick labels of y on the left column and the
 * titles of the axes on the outer edge only.
 */
export function panels(
  titles: readonly PanelTitle[],
  { columns, x, y, gap: [across, down] = [0.045, 0.2] }: PanelOptions,
): { readonly layout: Partial<Layout>; readonly axes: readonly PanelAxes[] } {
  const rows = Math.ceil(titles.length / columns);
  const width = (1 - across * (columns - 1)) / columns;
  const height = (1 - down * (rows - 1)) / rows;
  const { title: _title, tickformat: _tickformat, ...unlabelled } = y;
  const axes: PanelAxes[] = [];
  const annotations: Partial<Annotation>[] = [];
  const layout: Record<string, unknown> = {};
  for (const [i, title] of titles.entries()) {
    const column = i % columns;
    const row = Math.floor(i / columns);
    const left = column * (width + across);
    const top = 1 - row * (height + down);
    const number = i === 0 ? "" : String(i + 1);
    const bottom = i + columns >= titles.length;
    axes.push({ xaxis: `x${number}`, yaxis: `y${number}` });
    layout[`xaxis${number}`] = {
      ...x,
      title: bottom ? x.title : undefined,
      domain: [left, Math.min(1, left + width)],
      anchor: `y${number}`,
      ...(i > 0 && { matches: "x" }),
    };
    layout[`yaxis${number}`] = {
      ...(column === 0 ? y : unlabelled),
      domain: [Math.max(0, top - height), top],
      anchor: `x${number}`,
      showticklabels: column === 0,
      ...(i > 0 && { matches: "y" }),
    };
    annotations.push({
      text: `<b>${title.text}</b>`,
      font: { color: title.color, size: 15 },
      x: left,
      y: top,
      xref: "paper",
      yref: "paper",
      xanchor: "left",
      yanchor: "bottom",
      yshift: 4,
      showarrow: false,
    });
  }
  return { layout: { ...layout, annotations, margin: { l: 64, r: 16, t: 34, b: 52 } }, axes };
}
