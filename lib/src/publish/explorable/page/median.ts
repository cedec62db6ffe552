/// <reference lib="dom" />
import { addressOf, choiceIn, type MedianChoice, quantiles } from "../median/choice.ts";
import { describeMedian } from "../median/describe-median.ts";
import { type MedianEdition, medianChart } from "../median/median-chart.ts";
import { startSimulator } from "./ask-simulator.ts";
import { partOf } from "./part-of.ts";

/** Lets the reader choose what a dashboard shows. */
export function startMedian(figure: HTMLElement): void {
  const editions: readonly MedianEdition[] = JSON.parse(partOf(figure, ".explorable-data").textContent ?? "");
  const slider = partOf<HTMLInputElement>(figure, 'input[name="median-quantile"]');
  const radios = [...figure.querySelectorAll<HTMLInputElement>('input[name="median-blocks"]')];
  const linked = choiceIn(location.hash);
  let choice: MedianChoice = linked ?? { quantile: 0, blocks: "five" };
  let touched = false;

  const ask = startSimulator("median", (delays) => {
    const percent = quantiles[choice.quantile] ?? 50;
    slider.value = String(choice.quantile);
    slider.setAttribute("aria-valuetext", percent === 50 ? "the median" : `${percent} percent`);
    partOf(figure, ".explorable-count").textContent = `p${percent}`;
    for (const radio of radios) radio.checked = radio.value === choice.blocks;
    partOf(figure, ".delay-view .lines").innerHTML = medianChart(delays, choice, editions);
    const story = describeMedian(delays, choice);
    partOf(figure, ".explorable-story").textContent = story;
    partOf(figure, ".delay-view").setAttribute(
      "aria-label",
      `Delay of the other tasks against the number of tasks that block, at p${percent}. ${story}`,
    );
    if (touched) partOf(figure, '[role="status"]').textContent = story;
    figure.classList.add("alive");
  });

  function choose(change: Partial<MedianChoice>): void {
    touched = true;
    choice = { ...choice, ...change };
    history.replaceState(null, "", addressOf(choice));
    ask(choice);
  }

  slider.addEventListener("input", () => choose({ quantile: slider.valueAsNumber }));
  for (const radio of radios)
    radio.addEventListener("change", () => choose({ blocks: radio.value as MedianChoice["blocks"] }));
  addEventListener("hashchange", () => {
    const chosen = choiceIn(location.hash);
    if (chosen !== null) choose(chosen);
  });
  if (linked !== null) figure.scrollIntoView({ block: "start" });
  ask(choice);
}
