/// <reference lib="dom" />
import { addressOf, choiceIn, type MedianChoice, quantiles } from "../median/choice.ts";
import { describeMedian } from "../median/describe-median.ts";
import { type MedianEdition, medianChart } from "../median/median-chart.ts";
import { startSimulator } from "./ask-simulator.ts";
import { partOf } from "./part-of.ts";
import { ReaderChoice } from "./reader-choice.ts";

/** Lets the reader choose what a dashboard shows. */
export function startMedian(figure: HTMLElement): void {
  const editions: readonly MedianEdition[] = JSON.parse(partOf(figure, ".explorable-data").textContent ?? "");
  const slider = partOf<HTMLInputElement>(figure, 'input[name="median-quantile"]');
  const radios = [...figure.querySelectorAll<HTMLInputElement>('input[name="median-blocks"]')];
  let touched = false;
  const first: MedianChoice = { quantile: 0, blocks: "five" };
  const choice = new ReaderChoice(figure, { addressOf, choiceIn }, first, () => {
    touched = true;
    ask(choice.now);
  });

  const ask = startSimulator(figure, "median", (delays) => {
    const { now } = choice;
    const percent = quantiles[now.quantile] ?? 50;
    slider.value = String(now.quantile);
    slider.setAttribute("aria-valuetext", percent === 50 ? "the median" : `${percent} percent`);
    partOf(figure, ".explorable-count").textContent = `p${percent}`;
    for (const radio of radios) radio.checked = radio.value === now.blocks;
    partOf(figure, ".delay-view .lines").innerHTML = medianChart(delays, now, editions);
    const story = describeMedian(delays, now);
    partOf(figure, ".explorable-story").textContent = story;
    partOf(figure, ".delay-view").setAttribute(
      "aria-label",
      `Delay of the other tasks against the number of tasks that block, at p${percent}. ${story}`,
    );
    if (touched) partOf(figure, '[role="status"]').textContent = story;
    figure.classList.add("alive");
  });

  slider.addEventListener("input", () => choice.choose({ quantile: slider.valueAsNumber }));
  for (const radio of radios)
    radio.addEventListener("change", () => choice.choose({ blocks: radio.value as MedianChoice["blocks"] }));
  ask(choice.now);
}
