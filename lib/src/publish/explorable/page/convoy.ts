/// <reference lib="dom" />
import { addressOf, type ConvoyChoice, choiceIn } from "../convoy/choice.ts";
import { ConvoyReader } from "../convoy/convoy-reader.ts";
import { describeConvoy } from "../convoy/describe-convoy.ts";
import { type ConvoyEdition, failureChart } from "../convoy/failure-chart.ts";
import { startSimulator } from "./ask-simulator.ts";
import { partOf } from "./part-of.ts";
import { RunPlayer } from "./run-player.ts";

/** A moment at which a line has formed, if one forms (ms). */
const tellingMs = 130;

/** Lets the reader form a convoy. */
export function startConvoy(figure: HTMLElement): void {
  const editions: readonly ConvoyEdition[] = JSON.parse(partOf(figure, ".explorable-data").textContent ?? "");
  const blockers = partOf<HTMLInputElement>(figure, 'input[name="convoy-blockers"]');
  const radios = [...figure.querySelectorAll<HTMLInputElement>('input[name="convoy-lock"]')];
  const linked = choiceIn(location.hash);
  let choice: ConvoyChoice = linked ?? { blockers: 4, lock: "fair", seed: 1 };

  const player = new RunPlayer(figure, { anotherRun: () => choose({ seed: (choice.seed % 999) + 1 }) });
  const ask = startSimulator("convoy", ({ played, predicted }) => {
    const reader = new ConvoyReader(played);
    partOf(figure, ".delay-view .lines").innerHTML = failureChart(predicted, editions);
    player.show({
      endMs: played.endMs,
      tellingMs,
      at: (nowMs) => reader.at(nowMs),
      readings: (nowMs) => reader.readings(nowMs),
    });
  });

  function simulate(): void {
    blockers.value = String(choice.blockers);
    partOf(figure, ".explorable-count").textContent = String(choice.blockers);
    for (const radio of radios) radio.checked = radio.value === choice.lock;
    partOf(figure, ".explorable-story").textContent = describeConvoy(choice);
    ask(choice);
  }

  function choose(change: Partial<ConvoyChoice>): void {
    choice = { ...choice, ...change };
    history.replaceState(null, "", addressOf(choice));
    simulate();
    const measured = editions[0]?.[choice.lock].find((each) => each.blockers === choice.blockers);
    const told =
      measured === undefined ? "" : ` Measured: ${measured.value.toFixed(0)} percent of the rounds fail.`;
    partOf(figure, '[role="status"]').textContent = `${describeConvoy(choice)}${told}`;
  }

  blockers.addEventListener("input", () => choose({ blockers: blockers.valueAsNumber }));
  for (const radio of radios)
    radio.addEventListener("change", () => choose({ lock: radio.value as ConvoyChoice["lock"] }));
  addEventListener("hashchange", () => {
    const chosen = choiceIn(location.hash);
    if (chosen !== null) choose(chosen);
  });
  if (linked !== null) figure.scrollIntoView({ block: "start" });
  simulate();
}
