/// <reference lib="dom" />
import { addressOf, type CureChoice, choiceIn, mostCallers } from "../cure/choice.ts";
import { type CureEdition, cureChart, cureX, cureY } from "../cure/cure-chart.ts";
import { cureReadings } from "../cure/cure-readings.ts";
import { describeCure } from "../cure/describe-cure.ts";
import { describeRemedies } from "../cure/describe-remedies.ts";
import { poolOfCure } from "../cure/pool-of-cure.ts";
import { PoolReader } from "../pool/pool-frame.ts";
import { startSimulator } from "./ask-simulator.ts";
import { partOf } from "./part-of.ts";
import { ReaderChoice } from "./reader-choice.ts";
import { RunPlayer } from "./run-player.ts";

/** A moment at which a queue stands behind the jobs, if one does (ms). */
const tellingMs = 180;

/** Lets the reader try remedies on a pool. */
export function startCure(figure: HTMLElement): void {
  const editions: readonly CureEdition[] = JSON.parse(partOf(figure, ".explorable-data").textContent ?? "");
  const callers = partOf<HTMLInputElement>(figure, 'input[name="cure-callers"]');
  const radios = [...figure.querySelectorAll<HTMLInputElement>('input[name="cure-remedy"]')];
  const live = partOf<SVGGElement>(figure, ".cure-view .live");
  const first: CureChoice = { remedy: "as-is", callers: mostCallers, seed: 1 };
  const choice = new ReaderChoice(figure, { addressOf, choiceIn }, first, () => {
    simulate();
    announce();
  });

  const player = new RunPlayer(figure, {
    anotherRun: () => choice.choose({ seed: (choice.now.seed % 999) + 1 }),
  });
  const ask = startSimulator(figure, "cure", ({ played, predicted }) => {
    const reader = new PoolReader(played.run);
    const shown = choice.now;
    const measured = shown.callers === mostCallers ? editions : [];
    partOf(figure, ".cure-view .lines").innerHTML = cureChart(predicted, measured);
    partOf(figure, ".cure-view").setAttribute("aria-label", describeRemedies(predicted, measured));
    player.show(
      {
        endMs: played.windowMs,
        story: describeCure(shown),
        tellingMs,
        at: (nowMs) => reader.at(nowMs),
        readings: (nowMs) => {
          const { p95, texts } = cureReadings(played, reader, nowMs);
          mark(shown, p95);
          return texts;
        },
      },
      poolOfCure(reader.at(0), played, shown),
    );
  });

  /** Marks on the chart what this run has come to so far. */
  function mark({ remedy }: CureChoice, p95: number | null): void {
    const y = cureY(remedy);
    const at =
      p95 === null
        ? ""
        : `<path class="p99" d="M-4.5 -5L0 4L4.5 -5Z" transform="translate(${cureX(p95).toFixed(1)} ${y - 12})"/>`;
    live.innerHTML = `<rect class="band" x="0" y="${y - 22}" width="340" height="34"/>${at}`;
  }

  function simulate(): void {
    const { now } = choice;
    callers.value = String(now.callers);
    partOf(figure, ".explorable-count").textContent = String(now.callers);
    for (const radio of radios) radio.checked = radio.value === now.remedy;
    partOf(figure, ".explorable-story").textContent = describeCure(now);
    ask(now);
  }

  /** Says, once the reader has chosen, what was measured there. */
  function announce(): void {
    const { now } = choice;
    const cure = editions[0]?.cures.find(({ remedy }) => remedy === now.remedy);
    const told =
      cure === undefined || now.callers !== mostCallers
        ? ""
        : ` Measured 95th percentile of the others’ delay: ${cure.p95Ms.toFixed(0)} milliseconds.`;
    partOf(figure, '[role="status"]').textContent = `${describeCure(now)}${told}`;
  }

  callers.addEventListener("input", () => choice.choose({ callers: callers.valueAsNumber }));
  for (const radio of radios)
    radio.addEventListener("change", () => choice.choose({ remedy: radio.value as CureChoice["remedy"] }));
  simulate();
}
