import type { ExplorableView } from "../explorable/explorable-markup.ts";
import type { Drawn } from "./drawn.ts";

const gap = 24;

/** Draws the still of an explorable, which stands for it on paper: its pictures side by side. */
export function explorableDrawing(views: readonly ExplorableView[]): Drawn {
  const widths = views.map(({ width }) => width);
  const left = (i: number) => widths.slice(0, i).reduce((sum, width) => sum + width + gap, 0);
  return {
    width: left(views.length) - gap,
    height: Math.max(...views.map(({ height }) => height)),
    alt: views.map(({ alt }) => alt).join(" "),
    inside: views.map(({ inside }, i) => `<g transform="translate(${left(i)} 0)">${inside}</g>`).join(""),
  };
}
