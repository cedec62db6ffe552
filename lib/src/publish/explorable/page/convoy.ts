/// <reference lib="dom" />
import { addressOf, type ConvoyChoice, choiceIn } from "../convoy/choice.ts";
import { ConvoyReader } from "../convoy/convoy-reader.ts";
import { describeConvoy } from "../convoy/describe-convoy.ts";
import { type ConvoyEdition, failureChart } from "../convoy/failure-chart.ts";
import { startSimulator } from "./ask-simulator.ts";
import { partOf } from "./part-of.ts";
import { ReaderChoice } from "./reader-choice.ts";
import { RunPlayer } from "./run-player.ts";

/** A moment at which a line has formed, if one forms (ms). */
const tellingMs = 130;

/** Lets the reader form a convoy. */
export function startConvoy(figure: HTMLElement): void {
  const editions: readonly ConvoyEdition[] = JSON.parse(partOf(figure, ".explorable-data").textContent ?? "");
  const blockers = partOf<HTMLInputElement>(figure, 'input[name="convoy-blockers"]');
  const radios = [...figure.querySelectorAll<HTMLInputElement>('input[name="convoy-lock"]')];
  const first: ConvoyChoice = { blockers: 4, lock: "fair", seed: 1 };
  const choice = new ReaderChoice(figure, { addressOf, choiceIn }, first, () => {
    simulate();
    announce();
  });

  const player = new RunPlayer(figure, {
    anotherRun: () => choice.choose({ seed: (choice.now.seed % 999) + 1 }),
  });
  const ask = startSimulator(figure, "convoy", ({ played, predicted }) => {
    const reader = new ConvoyReader(played);
    partOf(figure, ".delay-view .lines").innerHTML = failureChart(predicted, editions);
    player.show({
      endMs: played.endMs,
      story: describeConvoy(choice.now),
      tellingMs,
      at: (nowMs) => reader.at(nowMs),
      readings: (nowMs) => reader.readings(nowMs),
    });
  });

  function simulate(): void {
    const { now } = choice;
    blockers.value = String(now.blockers);
    partOf(figure, ".explorable-count").textContent = String(now.blockers);
    for (const radio of radios) radio.checked = radio.value === now.lock;
    partOf(figure, ".explorable-story").textContent = describeConvoy(now);
    ask(now);
  }

  /** Says, once the reader has chosen, what was measured there. */
  function announce(): void {
    const { now } = choice;
    const measured = editions[0]?.[now.lock].find((each) => each.blockers === now.blockers);
    const told =
      measured === undefined ? "" : ` Measured: ${measured.value.toFixed(0)} percent of the rounds fail.`;
    partOf(figure, '[role="status"]').textContent = `${describeConvoy(now)}${told}`;
  }

  blockers.addEventListener("input", () => choice.choose({ blockers: blockers.valueAsNumber }));
  for (const radio of radios)
    radio.addEventListener("change", () => choice.choose({ lock: radio.value as ConvoyChoice["lock"] }));
  simulate();
}
