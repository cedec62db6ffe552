import type { PredictedRemedy } from "../../../model/predict-remedy.ts";
import type { ModelledRemedy } from "../../../model/remedied-jobs.ts";
import { labelOf, remedyLabels } from "./choice.ts";

export const cureWidth = 340;
export const cureHeight = 262;
const plot = { left: 6, right: 248, top: 44, rowHeight: 38 } as const;
const mostMs = 200;

/** What was measured of one remedy, with 95 % intervals over runs. */
export interface MeasuredCure {
  readonly remedy: ModelledRemedy;
  readonly p95Ms: number;
  readonly lowMs: number;
  readonly highMs: number;
  readonly jobsPerSecond: number;
}

/** One edition's measured remedies, the reference first. */
export interface CureEdition {
  readonly name: string;
  readonly cures: readonly MeasuredCure[];
}

/** Place of a delay (ms). */
export function cureX(ms: number): number {
  return plot.left + (Math.min(ms, mostMs) / mostMs) * (plot.right - plot.left);
}

/** Height of a remedy's line; the first for one that the chart does not have. */
export function cureY(remedy: ModelledRemedy): number {
  const row = Math.max(
    0,
    remedyLabels.findIndex(([name]) => name === remedy),
  );
  return plot.top + row * plot.rowHeight + 16;
}

/**
 * Draws a line for each remedy: what is predicted and what was measured of the others' delay, and of the jobs.
 *
 * @param editions what was measured; empty where other callers are shown than were measured
 */
export function cureChart(predicted: readonly PredictedRemedy[], editions: readonly CureEdition[]): string {
  const bottom = plot.top + remedyLabels.length * plot.rowHeight - 8;
  const grid = [0, 50, 100, 150, 200].map((ms) => {
    const x = fixed(cureX(ms));
    return `<line class="grid" x1="${x}" x2="${x}" y1="${plot.top - 12}" y2="${bottom}"/><text class="tick" x="${x}" y="${bottom + 16}" text-anchor="middle">${ms}</text>`;
  });
  return [
    `<text class="axis" x="0" y="12">p95 of the others’ delay (ms)</text>`,
    `<text class="axis" x="${cureWidth}" y="12" text-anchor="end">jobs a second</text>`,
    `<text class="tick" x="${cureWidth}" y="${plot.top - 14}" text-anchor="end">${editions.length > 0 ? "predicted (measured)" : "predicted"}</text>`,
    ...grid,
    ...predicted.map((cure) => row(cure, editions)),
  ].join("\n");
}

function row({ remedy, p95Ms, jobsPerSecond }: PredictedRemedy, editions: readonly CureEdition[]): string {
  const y = cureY(remedy);
  const measured = editions.flatMap(({ cures }) => cures.filter((cure) => cure.remedy === remedy));
  const [reference] = measured;
  const jobs =
    jobsPerSecond.toFixed(0) + (reference === undefined ? "" : ` (${reference.jobsPerSecond.toFixed(0)})`);
  return [
    `<text class="label" x="${plot.left + 4}" y="${y - 10}">${labelOf(remedy)}</text>`,
    `<line class="predicted p99" x1="${fixed(cureX(p95Ms))}" x2="${fixed(cureX(p95Ms))}" y1="${y - 7}" y2="${y + 7}"/>`,
    ...measured.map((cure, edition) => mark(cure, y, edition)),
    `<text class="tick" x="${cureWidth}" y="${y + 4}" text-anchor="end">${jobs}</text>`,
  ].join("");
}

function mark({ p95Ms, lowMs, highMs }: MeasuredCure, rowY: number, edition: number): string {
  const y = rowY + 7 * edition;
  const x = cureX(p95Ms);
  const shape =
    edition === 0
      ? `<circle class="measured p99" cx="${fixed(x)}" cy="${y}" r="4.2"/>`
      : `<rect class="measured p99" x="${fixed(x - 3.6)}" y="${y - 3.6}" width="7.2" height="7.2"/>`;
  return `<line class="whisker" x1="${fixed(cureX(Math.max(0, lowMs)))}" x2="${fixed(cureX(highMs))}" y1="${y}" y2="${y}"/>${shape}`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
