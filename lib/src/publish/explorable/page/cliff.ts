/// <reference lib="dom" />
import { addressOf, choiceIn, type PoolChoice } from "../cliff/choice.ts";
import { cliffQuantiles } from "../cliff/cliff-quantiles.ts";
import { delayAxes, delayChart } from "../cliff/delay-chart.ts";
import { describeDelays } from "../cliff/describe-delays.ts";
import { describePool } from "../cliff/describe-pool.ts";
import type { PredictedDelay } from "../cliff/predicted-delays.ts";
import { PoolReader } from "../pool/pool-frame.ts";
import { readingsOf } from "../pool/readings.ts";
import { yOf } from "../pool/step-chart.ts";
import type { CliffData, Exchange } from "../question.ts";
import { startSimulator } from "./ask-simulator.ts";
import { partOf } from "./part-of.ts";
import { ReaderChoice } from "./reader-choice.ts";
import { RunPlayer } from "./run-player.ts";

/** What an untouched page shows: how many block, and for how much of the run (ms). */
const tour = [
  { blockers: 2, untilMs: 70 },
  { blockers: 3, untilMs: 90 },
  { blockers: 4, untilMs: Number.POSITIVE_INFINITY },
] as const;
/** A moment at which most tasks wait if all workers are blocked (ms). */
const tellingMs = 42;
/** Pause before the tour begins again (ms of the run). */
const restMs = 10;
const disciplineOf = { "run-queue": "shared queue", pinned: "event loops" } as const;

/** Brings the pool alive that stands in the page as a still. */
export function startCliff(figure: HTMLElement): void {
  const data: CliffData = JSON.parse(partOf(figure, ".explorable-data").textContent ?? "");
  const blockers = partOf<HTMLInputElement>(figure, 'input[name="pool-blockers"]');
  const executors = [...figure.querySelectorAll<HTMLInputElement>('input[name="pool-executor"]')];
  const chart = partOf<SVGGElement>(figure, ".delay-view .lines");
  const live = partOf<SVGGElement>(figure, ".delay-view .live");
  let answer: Exchange["cliff"]["answer"] | null = null;
  let chosen = false;

  const player = new RunPlayer(figure, {
    anotherRun: () => choice.choose({ seed: (choice.now.seed % 999) + 1 }),
    touched: () => {
      stop = -1;
    },
    watched: (nowMs) => {
      const until = tour[stop]?.untilMs ?? Number.POSITIVE_INFINITY;
      if (stop < 0 || answer === null || nowMs <= Math.min(until, answer.run.endMs + restMs)) return false;
      stop = (stop + 1) % tour.length;
      choice.shift({ blockers: tour[stop]?.blockers ?? choice.now.blockers });
      simulate();
      return true;
    },
  });
  const first: PoolChoice = { blockers: player.calm.matches ? 4 : 2, executor: "run-queue", seed: 1 };
  const choice = new ReaderChoice(figure, { addressOf, choiceIn }, first, () => {
    stop = -1;
    chosen = true;
    simulate();
  });
  let stop = choice.linked || player.calm.matches ? -1 : 0;

  const ask = startSimulator(figure, "cliff", (given) => {
    answer = given;
    const reader = new PoolReader(given.run);
    const measured = data.measured[choice.now.executor];
    chart.innerHTML = delayChart(given.predicted, measured, data.workers);
    partOf(figure, ".delay-view").setAttribute("aria-label", describeDelays(given.predicted, measured));
    player.show({
      endMs: given.run.endMs,
      story: describePool(choice.now, data.workers),
      tellingMs,
      at: (nowMs) => reader.at(nowMs),
      readings: (nowMs) => {
        const frame = reader.at(Math.min(nowMs, given.run.endMs));
        const { quantiles, texts } = readingsOf(frame, reader.overheadsUntil(nowMs), cliffQuantiles);
        mark(quantiles);
        return texts;
      },
    });
    if (chosen) announce(given.predicted);
  });

  function simulate(): void {
    const { executor, seed, blockers: count } = choice.now;
    blockers.value = String(count);
    partOf(figure, ".explorable-count").textContent = String(count);
    for (const radio of executors) radio.checked = radio.value === executor;
    ask({ discipline: disciplineOf[executor], workers: data.workers, blockers: count, seed });
    partOf(figure, ".explorable-story").textContent = describePool(choice.now, data.workers);
  }

  /** Marks on the chart what this run has come to so far. */
  function mark(quantiles: Readonly<Record<keyof typeof cliffQuantiles, number | null>>): void {
    const x = delayAxes.x(choice.now.blockers);
    partOf(live, ".band").setAttribute("x", String(x - 17));
    for (const quantity of ["p50", "p99"] as const) {
      const ms = quantiles[quantity];
      const at =
        ms === null ? "translate(-99 -99)" : `translate(${(x - 11).toFixed(1)} ${yOf(ms).toFixed(1)})`;
      partOf(live, `.${quantity}`).setAttribute("transform", at);
    }
  }

  /** Says, once the reader has chosen, what the whole run will show. */
  function announce(predictions: readonly PredictedDelay[]): void {
    const { now } = choice;
    const predicted = predictions[now.blockers];
    const measured = data.measured[now.executor][0]?.delays.p99.find(
      (each) => each.blockers === now.blockers,
    );
    const told = measured === undefined ? "" : ` Measured: ${measured.value.toFixed(1)} milliseconds.`;
    partOf(figure, '[role="status"]').textContent =
      `${describePool(now, data.workers)} Predicted 99th percentile: ` +
      `${predicted === undefined ? "unknown" : `${predicted.p99Ms.toFixed(1)} milliseconds`}.${told}`;
  }

  blockers.addEventListener("input", () => choice.choose({ blockers: blockers.valueAsNumber }));
  for (const radio of executors)
    radio.addEventListener("change", () =>
      choice.choose({ executor: radio.value as PoolChoice["executor"] }),
    );
  simulate();
}
