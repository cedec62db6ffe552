/// <reference lib="dom" />
import { addressOf, type CureChoice, choiceIn, mostCallers } from "../cure/choice.ts";
import { type CureEdition, cureChart, cureX, cureY } from "../cure/cure-chart.ts";
import { cureReadings } from "../cure/cure-readings.ts";
import { describeCure } from "../cure/describe-cure.ts";
import { poolOfCure } from "../cure/pool-of-cure.ts";
import { PoolReader } from "../pool/pool-frame.ts";
import { startSimulator } from "./ask-simulator.ts";
import { partOf } from "./part-of.ts";
import { RunPlayer } from "./run-player.ts";

/** A moment at which a queue stands behind the jobs, if one does (ms). */
const tellingMs = 180;

/** Lets the reader try remedies on a pool. */
export function startCure(figure: HTMLElement): void {
  const editions: readonly CureEdition[] = JSON.parse(partOf(figure, ".explorable-data").textContent ?? "");
  const callers = partOf<HTMLInputElement>(figure, 'input[name="cure-callers"]');
  const radios = [...figure.querySelectorAll<HTMLInputElement>('input[name="cure-remedy"]')];
  const live = partOf<SVGGElement>(figure, ".cure-view .live");
  const linked = choiceIn(location.hash);
  let choice: CureChoice = linked ?? { remedy: "as-is", callers: mostCallers, seed: 1 };

  const player = new RunPlayer(figure, { anotherRun: () => choose({ seed: (choice.seed % 999) + 1 }) });
  const ask = startSimulator("cure", ({ played, predicted }) => {
    const reader = new PoolReader(played.run);
    const measured = choice.callers === mostCallers ? editions : [];
    partOf(figure, ".cure-view .lines").innerHTML = cureChart(predicted, measured);
    const shown = choice;
    player.show(
      {
        endMs: played.windowMs,
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
    callers.value = String(choice.callers);
    partOf(figure, ".explorable-count").textContent = String(choice.callers);
    for (const radio of radios) radio.checked = radio.value === choice.remedy;
    partOf(figure, ".explorable-story").textContent = describeCure(choice);
    ask(choice);
  }

  function choose(change: Partial<CureChoice>): void {
    choice = { ...choice, ...change };
    history.replaceState(null, "", addressOf(choice));
    simulate();
    const cure = editions[0]?.cures.find(({ remedy }) => remedy === choice.remedy);
    const told =
      cure === undefined || choice.callers !== mostCallers
        ? ""
        : ` Measured 95th percentile of the others’ delay: ${cure.p95Ms.toFixed(0)} milliseconds.`;
    partOf(figure, '[role="status"]').textContent = `${describeCure(choice)}${told}`;
  }

  callers.addEventListener("input", () => choose({ callers: callers.valueAsNumber }));
  for (const radio of radios)
    radio.addEventListener("change", () => choose({ remedy: radio.value as CureChoice["remedy"] }));
  addEventListener("hashchange", () => {
    const chosen = choiceIn(location.hash);
    if (chosen !== null) choose(chosen);
  });
  if (linked !== null) figure.scrollIntoView({ block: "start" });
  simulate();
}
