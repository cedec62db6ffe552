import { mostBlockers } from "./address.ts";
import type { MeasuredDelay, MeasuredDelays } from "./measured-delays.ts";
import type { PredictedDelay } from "./predicted-delays.ts";

export const chartWidth = 340;
export const chartHeight = 262;
const plot = { left: 36, right: 330, top: 24, bottom: 222 } as const;
const mostMs = 100;

/** Place of a number of blockers on the chart. */
export function xOf(blockers: number): number {
  return plot.left + ((blockers + 0.5) / (mostBlockers + 1)) * (plot.right - plot.left);
}

/** Place of a delay (ms) on the chart. */
export function yOf(ms: number): number {
  return plot.bottom - (Math.min(ms, mostMs) / mostMs) * (plot.bottom - plot.top);
}

/** One edition's measured points, the reference first. */
export interface MeasuredEdition {
  readonly name: string;
  readonly delays: MeasuredDelays;
}

/** Draws axes, the predicted lines and the measured points; the inside of an SVG of `chartWidth` by `chartHeight`. */
export function delayChart(
  predicted: readonly PredictedDelay[],
  measured: readonly MeasuredEdition[],
  workers: number,
): string {
  return [
    axes(),
    saturation(workers),
    line(predicted, "p50Ms"),
    line(predicted, "p99Ms"),
    ...measured.map(marks),
  ].join("\n");
}

function axes(): string {
  const grid = [0, 20, 40, 60, 80, 100].map((ms) => {
    const y = fixed(yOf(ms));
    return `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}"/><text class="tick" x="${plot.left - 6}" y="${fixed(yOf(ms) + 4)}" text-anchor="end">${ms}</text>`;
  });
  const ticks = Array.from(
    { length: mostBlockers + 1 },
    (_, blockers) =>
      `<text class="tick" x="${fixed(xOf(blockers))}" y="${plot.bottom + 17}" text-anchor="middle">${blockers}</text>`,
  );
  const titles = `<text class="axis" x="0" y="12">delay of the others (ms)</text><text class="axis" x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 36}" text-anchor="middle">tasks that block</text>`;
  return [...grid, ...ticks, titles].join("\n");
}

function saturation(workers: number): string {
  const x = fixed(xOf(workers));
  return `<line class="saturation" x1="${x}" x2="${x}" y1="${plot.top}" y2="${plot.bottom}"/>`;
}

/** There is nothing between three blockers and four: each level has a step of its own. */
function line(predicted: readonly PredictedDelay[], quantity: "p50Ms" | "p99Ms"): string {
  const points = predicted.flatMap((each) =>
    [-0.5, 0.5].map((side) => `${fixed(xOf(each.blockers + side))},${fixed(yOf(each[quantity]))}`),
  );
  return `<polyline class="predicted ${quantity === "p50Ms" ? "p50" : "p99"}" points="${points.join(" ")}"/>`;
}

/** Each edition stands a little beside the other, so that both stay visible. */
function marks({ delays }: MeasuredEdition, edition: number): string {
  const shift = edition * 9;
  return (["p50", "p99"] as const)
    .flatMap((quantity) => delays[quantity].map((delay) => mark(delay, quantity, shift, edition)))
    .join("\n");
}

function mark(
  { blockers, ms, lowMs, highMs }: MeasuredDelay,
  quantity: string,
  shift: number,
  edition: number,
): string {
  const x = fixed(xOf(blockers) + shift);
  const whisker = `<line class="whisker" x1="${x}" x2="${x}" y1="${fixed(yOf(highMs))}" y2="${fixed(yOf(Math.max(0, lowMs)))}"/>`;
  const y = yOf(ms);
  const shape =
    edition === 0
      ? `<circle class="measured ${quantity}" cx="${x}" cy="${fixed(y)}" r="4.2"/>`
      : `<rect class="measured ${quantity}" x="${fixed(xOf(blockers) + shift - 3.6)}" y="${fixed(y - 3.6)}" width="7.2" height="7.2"/>`;
  return whisker + shape;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
