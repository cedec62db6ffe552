/// <reference lib="dom" />
import { addressOf, choiceIn, type PoolChoice } from "../address.ts";
import { delayChart, xOf, yOf } from "../delay-chart.ts";
import { PoolReader } from "../pool-frame.ts";
import { describePool } from "../pool-story.ts";
import type { Answer, PoolData } from "../question.ts";
import { readingsOf } from "../readings.ts";
import { startSimulator } from "./ask-simulator.ts";
import { partOf } from "./part-of.ts";
import { Playhead } from "./playhead.ts";
import { PoolView } from "./pool-view.ts";

/** What an untouched page shows: how many block, and for how much of the run (ms). */
const tour = [
  { blockers: 2, untilMs: 70 },
  { blockers: 3, untilMs: 90 },
  { blockers: 4, untilMs: Number.POSITIVE_INFINITY },
] as const;
/** A moment at which most tasks wait if all workers are blocked, and how far one step goes (ms). */
const tellingMs = 42;
const stepMs = 4;
/** Pause between the end of a run and its repetition (ms of the run). */
const restMs = 20;
/** Numbers that change more often cannot be read (ms). */
const readingsEveryMs = 200;
const disciplineOf = { "run-queue": "shared queue", pinned: "event loops" } as const;

/** Brings the pool alive that stands in the page as a still. */
export function startCliff(figure: HTMLElement): void {
  const data: PoolData = JSON.parse(partOf(figure, ".explorable-data").textContent ?? "");
  const blockers = partOf<HTMLInputElement>(figure, 'input[name="pool-blockers"]');
  const moment = partOf<HTMLInputElement>(figure, 'input[name="pool-moment"]');
  const executors = [...figure.querySelectorAll<HTMLInputElement>('input[name="pool-executor"]')];
  const play = partOf<HTMLButtonElement>(figure, '[data-act="play"]');
  const status = partOf(figure, '[role="status"]');
  const chart = partOf<SVGGElement>(figure, ".delay-view .lines");
  const live = partOf<SVGGElement>(figure, ".delay-view .live");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const view = new PoolView(partOf(figure, ".pool-view"));
  let choice: PoolChoice = choiceIn(location.hash) ?? {
    blockers: calm.matches ? 4 : 2,
    executor: "run-queue",
    seed: 1,
  };
  let stop = choiceIn(location.hash) === null && !calm.matches ? 0 : -1;
  let answer: Answer | null = null;
  let reader: PoolReader | null = null;
  let readAtMs = 0;

  const playhead = new Playhead(figure, (nowMs, elapsedMs) => {
    if (reader === null || answer === null) return;
    const { endMs } = answer.run;
    view.draw(reader.at(Math.min(nowMs, endMs)), elapsedMs);
    if (performance.now() - readAtMs > readingsEveryMs || elapsedMs === Number.POSITIVE_INFINITY) read(nowMs);
    const until = tour[stop]?.untilMs ?? Number.POSITIVE_INFINITY;
    if (nowMs > Math.min(until, endMs + restMs)) next();
  });
  const ask = startSimulator((given) => {
    answer = given;
    reader = new PoolReader(given.run);
    chart.innerHTML = delayChart(given.predicted, data.measured[choice.executor], data.workers);
    moment.max = String(Math.ceil(given.run.endMs));
    if (playhead.playing) playhead.rewind(0);
    else playhead.seek(Math.min(tellingMs, given.run.endMs));
    read(playhead.nowMs);
    figure.classList.add("alive");
  });

  function simulate(): void {
    const { executor, seed } = choice;
    blockers.value = String(choice.blockers);
    partOf(figure, ".explorable-count").textContent = String(choice.blockers);
    for (const radio of executors) radio.checked = radio.value === executor;
    ask({ discipline: disciplineOf[executor], workers: data.workers, blockers: choice.blockers, seed });
    partOf(figure, ".explorable-story").textContent = describePool(choice, data.workers);
  }

  function next(): void {
    if (stop < 0) {
      playhead.rewind(0);
      return;
    }
    stop = (stop + 1) % tour.length;
    choice = { ...choice, blockers: tour[stop]?.blockers ?? choice.blockers };
    simulate();
  }

  function choose(change: Partial<PoolChoice>): void {
    stop = -1;
    choice = { ...choice, ...change };
    history.replaceState(null, "", addressOf(choice));
    simulate();
    announce();
  }

  function read(nowMs: number): void {
    if (reader === null || answer === null) return;
    readAtMs = performance.now();
    const frame = reader.at(Math.min(nowMs, answer.run.endMs));
    const delays = reader.overheadsUntil(nowMs);
    const readings = readingsOf(frame, delays);
    for (const [name, text] of Object.entries(readings.texts))
      partOf(figure, `[data-reading="${name}"]`).textContent = text;
    if (playhead.playing) moment.value = String(Math.round(nowMs));
    moment.setAttribute("aria-valuetext", `${Math.round(nowMs)} milliseconds`);
    const x = xOf(choice.blockers);
    partOf(live, ".band").setAttribute("x", String(x - 17));
    for (const quantity of ["p50", "p99"] as const) {
      const ms = readings[quantity];
      const at =
        ms === null ? "translate(-99 -99)" : `translate(${(x - 11).toFixed(1)} ${yOf(ms).toFixed(1)})`;
      partOf(live, `.${quantity}`).setAttribute("transform", at);
    }
  }

  /** Says, once the reader has chosen, what the whole run will show. */
  function announce(): void {
    const predicted = answer?.predicted[choice.blockers];
    const measured = data.measured[choice.executor][0]?.delays.p99.find(
      (each) => each.blockers === choice.blockers,
    );
    const told = measured === undefined ? "" : ` Measured: ${measured.ms.toFixed(1)} milliseconds.`;
    status.textContent =
      `${describePool(choice, data.workers)} Predicted 99th percentile: ` +
      `${predicted === undefined ? "unknown" : `${predicted.p99Ms.toFixed(1)} milliseconds`}.${told}`;
  }

  function setPlaying(playing: boolean): void {
    if (playing) playhead.play();
    else playhead.pause();
    play.textContent = playing ? "Pause" : "Play";
  }

  blockers.addEventListener("input", () => choose({ blockers: blockers.valueAsNumber }));
  for (const radio of executors)
    radio.addEventListener("change", () => choose({ executor: radio.value as PoolChoice["executor"] }));
  partOf(figure, '[data-act="seed"]').addEventListener("click", () =>
    choose({ seed: (choice.seed % 999) + 1 }),
  );
  play.addEventListener("click", () => setPlaying(!playhead.playing));
  partOf(figure, '[data-act="step"]').addEventListener("click", () => {
    setPlaying(false);
    const endMs = answer?.run.endMs ?? 0;
    playhead.seek(playhead.nowMs + stepMs > endMs ? 0 : playhead.nowMs + stepMs);
    moment.value = String(Math.round(playhead.nowMs));
  });
  moment.addEventListener("input", () => {
    stop = -1;
    setPlaying(false);
    playhead.seek(moment.valueAsNumber);
  });
  addEventListener("hashchange", () => {
    const chosen = choiceIn(location.hash);
    if (chosen !== null) choose(chosen);
  });
  calm.addEventListener("change", () => setPlaying(!calm.matches));
  setPlaying(!calm.matches);
  if (choiceIn(location.hash) !== null) figure.scrollIntoView({ block: "start" });
  simulate();
}
