import { bands, type Mark, type PoolFrame, poolWidth, workerBox, workerHeight } from "./pool-frame.ts";

/** What stands above the three bands of the picture. */
export interface BandLabels {
  readonly asleep: string;
  readonly queue: string;
  readonly workers: string;
}

/**
 * Draws a moment of a run; the inside of an SVG of `poolWidth` by `poolHeight`. The page moves the same elements.
 *
 * @param probes marks that are circles
 * @param squares room for so many blockers, whether or not there are as many
 */
export function poolPicture(
  { marks, workers }: PoolFrame,
  probes: number,
  squares: number,
  labels: BandLabels,
): string {
  const blockers = Array.from({ length: squares }, (_, i) => marks[probes + i]);
  return [
    ...(["asleep", "queue", "workers"] as const).map((band) => label(bands[band], labels[band])),
    ...workers.map(({ blocked, left }, worker) => {
      const { x, width } = workerBox(worker, workers.length);
      const box = `x="${x.toFixed(1)}" y="${bands.workers}" height="${workerHeight}"`;
      return (
        `<g class="worker${blocked ? " blocked" : ""}"><rect class="box" ${box} width="${width.toFixed(1)}" rx="4"/>` +
        `<rect class="hold" ${box} width="${(left * width).toFixed(1)}" rx="4"/>` +
        `<text x="${(x + width / 2).toFixed(1)}" y="${bands.workers + 55}" text-anchor="middle">${blocked ? "blocked" : "free"}</text></g>`
      );
    }),
    `<line class="rule" x1="0" x2="${poolWidth}" y1="${bands.queue - 22}" y2="${bands.queue - 22}"/>`,
    ...blockers.map(blockerMark),
    ...marks.slice(0, probes).map(probeMark),
  ].join("\n");
}

function label(y: number, text: string): string {
  return `<text class="label" x="0" y="${y - 7}">${text}</text>`;
}

/** Style of a probe's mark. */
export function styleOf({ state, holds }: Mark): string {
  return `mark ${state}${holds === true ? " holds" : ""}`;
}

function probeMark(mark: Mark): string {
  const { x, y } = mark;
  return `<circle class="${styleOf(mark)}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4"/>`;
}

function blockerMark(mark: Mark | undefined): string {
  const shown = mark !== undefined && (mark.state === "waiting" || mark.state === "running");
  const { x, y } = mark ?? { x: 0, y: 0 };
  return `<rect class="block ${shown ? mark.state : "absent"}" x="${(x - 5).toFixed(1)}" y="${(y - 5).toFixed(1)}" width="10" height="10"/>`;
}
