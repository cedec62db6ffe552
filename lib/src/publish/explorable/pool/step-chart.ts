export const chartWidth = 340;
export const chartHeight = 262;
const plot = { left: 36, right: 330, top: 24, bottom: 222 } as const;
const most = 100;

/** What was measured at a number of blockers, with its 95 % interval over runs. */
export interface MeasuredPoint {
  readonly blockers: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Place of a value from 0 to 100 on the chart. */
export function yOf(value: number): number {
  return plot.bottom - (Math.min(value, most) / most) * (plot.bottom - plot.top);
}

/** A chart of something from 0 to 100 against blockers; pieces of the inside of an SVG of `chartWidth` by `chartHeight`. */
export class StepChart {
  readonly #mostBlockers: number;
  readonly #title: string;

  /** @param title what the values are, and their unit */
  constructor(mostBlockers: number, title: string) {
    this.#mostBlockers = mostBlockers;
    this.#title = title;
  }

  /** Place of a number of blockers. */
  x(blockers: number): number {
    return plot.left + ((blockers + 0.5) / (this.#mostBlockers + 1)) * (plot.right - plot.left);
  }

  /** Draws axes, and a line where there are as many blockers as workers. */
  frame(workers: number): string {
    const grid = [0, 20, 40, 60, 80, 100].map((value) => {
      const y = fixed(yOf(value));
      return `<line class="grid" x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}"/><text class="tick" x="${plot.left - 6}" y="${fixed(yOf(value) + 4)}" text-anchor="end">${value}</text>`;
    });
    const ticks = Array.from(
      { length: this.#mostBlockers + 1 },
      (_, blockers) =>
        `<text class="tick" x="${fixed(this.x(blockers))}" y="${plot.bottom + 17}" text-anchor="middle">${blockers}</text>`,
    );
    const titles = `<text class="axis" x="0" y="12">${this.#title}</text><text class="axis" x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 36}" text-anchor="middle">tasks that block</text>`;
    const x = fixed(this.x(workers));
    const saturation = `<line class="saturation" x1="${x}" x2="${x}" y1="${plot.top}" y2="${plot.bottom}"/>`;
    return [...grid, ...ticks, titles, saturation].join("\n");
  }

  /** Draws values by number of blockers, from 0 on. There is nothing between three blockers and four: each has a step of its own. */
  line(values: readonly number[], style: string): string {
    const points = values.flatMap((value, blockers) =>
      [-0.5, 0.5].map((side) => `${fixed(this.x(blockers + side))},${fixed(yOf(value))}`),
    );
    return `<polyline class="predicted ${style}" points="${points.join(" ")}"/>`;
  }

  /** Marks what an edition measured. Each stands a little beside the other, so that both stay visible. */
  mark({ blockers, value, low, high }: MeasuredPoint, style: string, edition: number): string {
    const at = this.x(blockers) + edition * 9;
    const x = fixed(at);
    const whisker = `<line class="whisker" x1="${x}" x2="${x}" y1="${fixed(yOf(high))}" y2="${fixed(yOf(Math.max(0, low)))}"/>`;
    const y = yOf(value);
    const shape =
      edition === 0
        ? `<circle class="measured ${style}" cx="${x}" cy="${fixed(y)}" r="4.2"/>`
        : `<rect class="measured ${style}" x="${fixed(at - 3.6)}" y="${fixed(y - 3.6)}" width="7.2" height="7.2"/>`;
    return whisker + shape;
  }
}

function fixed(value: number): string {
  return value.toFixed(1);
}
