import { cliffMarkup, cliffStill } from "../explorable/cliff-markup.ts";
import { chartWidth } from "../explorable/delay-chart.ts";
import { poolHeight, poolWidth } from "../explorable/pool-frame.ts";
import type { PoolData } from "../explorable/question.ts";
import type { Drawn } from "./drawn.ts";

const gap = 24;

/** Makes the explorable's HTML, and the still that stands for it on paper: pool and chart side by side. */
export function explorableDrawing(data: PoolData): { readonly html: string; readonly drawn: Drawn } {
  const { pool, chart, alt } = cliffStill(data);
  const drawn = {
    width: poolWidth + gap + chartWidth,
    height: poolHeight,
    alt: `${alt.pool} ${alt.chart}`,
    inside: `<g>${pool}</g><g transform="translate(${poolWidth + gap} 0)">${chart}</g>`,
  };
  return { html: cliffMarkup(data), drawn };
}
