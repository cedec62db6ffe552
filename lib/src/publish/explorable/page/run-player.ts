/// <reference lib="dom" />
import type { PoolFrame } from "../pool/pool-frame.ts";
import { partOf } from "./part-of.ts";
import { Playhead } from "./playhead.ts";
import { PoolView } from "./pool-view.ts";

/** How far one step goes (ms of the run). */
const stepMs = 4;
/** Pause between the end of a run and its repetition (ms of the run). */
const restMs = 20;
/** Numbers that change more often cannot be read (ms). */
const readingsEveryMs = 200;

/** A run that can be watched. */
export interface WatchedRun {
  readonly endMs: number;
  /** What it shows, for who does not see the picture. */
  readonly story: string;
  /** A moment that tells most, for where nothing moves. */
  readonly tellingMs: number;
  at(nowMs: number): PoolFrame;
  /** Numbers for the readings, by name. */
  readings(nowMs: number): Readonly<Record<string, string>>;
}

/** What an explorable wants to be told. */
export interface PlayerEvents {
  /** The reader wants another run of the same design. */
  readonly anotherRun: () => void;
  /** The reader has taken hold of the run. */
  readonly touched?: () => void;
  /** A moment has been drawn. True: another run comes instead of a repetition. */
  readonly watched?: (nowMs: number) => boolean;
}

/** Plays runs in an explorable: marks move, a moment can be chosen, and nothing moves where motion is not wanted. */
export class RunPlayer {
  readonly calm = matchMedia("(prefers-reduced-motion: reduce)");
  readonly #figure: HTMLElement;
  readonly #events: PlayerEvents;
  readonly #moment: HTMLInputElement;
  readonly #playhead: Playhead;
  #view: PoolView;
  #run: WatchedRun | null = null;
  #readAtMs = 0;

  constructor(figure: HTMLElement, events: PlayerEvents) {
    this.#figure = figure;
    this.#events = events;
    this.#moment = partOf<HTMLInputElement>(figure, '.moment input[type="range"]');
    this.#view = new PoolView(partOf(figure, ".pool-view"));
    this.#playhead = new Playhead(figure, (nowMs, elapsedMs) => this.#tick(nowMs, elapsedMs));
    const act = (name: string, does: () => void) =>
      partOf(figure, `[data-act="${name}"]`).addEventListener("click", does);
    act("play", () => {
      events.touched?.();
      this.#setPlaying(!this.#playhead.playing);
    });
    act("seed", events.anotherRun);
    act("step", () => this.#step());
    this.#moment.addEventListener("input", () => {
      events.touched?.();
      this.#setPlaying(false);
      this.#playhead.seek(this.#moment.valueAsNumber);
    });
    this.calm.addEventListener("change", () => this.#setPlaying(!this.calm.matches));
    this.#setPlaying(!this.calm.matches);
  }

  /**
   * Shows a run from its beginning, or its telling moment where nothing moves.
   *
   * @param picture the inside of the pool's picture, where the run does not fit into the one that is there
   */
  show(run: WatchedRun, picture?: string): void {
    const svg = partOf<SVGSVGElement>(this.#figure, ".pool-view");
    svg.setAttribute("aria-label", `A run of the pool, moment by moment. ${run.story}`);
    if (picture !== undefined) {
      svg.innerHTML = picture;
      this.#view = new PoolView(svg);
    }
    this.#run = run;
    this.#moment.max = String(Math.ceil(run.endMs));
    if (this.#playhead.playing) this.#playhead.rewind(0);
    else this.#seek(Math.min(run.tellingMs, run.endMs));
    this.#read(this.#playhead.nowMs);
    this.#figure.classList.add("alive");
  }

  #tick(nowMs: number, elapsedMs: number): void {
    const run = this.#run;
    if (run === null) return;
    this.#view.draw(run.at(Math.min(nowMs, run.endMs)), elapsedMs);
    const due = performance.now() - this.#readAtMs > readingsEveryMs;
    if (due || elapsedMs === Number.POSITIVE_INFINITY) this.#read(nowMs);
    if (this.#events.watched?.(nowMs) === true) return;
    if (nowMs > run.endMs + restMs) this.#playhead.rewind(0);
  }

  #read(nowMs: number): void {
    if (this.#run === null) return;
    this.#readAtMs = performance.now();
    for (const [name, text] of Object.entries(this.#run.readings(nowMs)))
      partOf(this.#figure, `[data-reading="${name}"]`).textContent = text;
    if (this.#playhead.playing) this.#moment.value = String(Math.round(nowMs));
    this.#moment.setAttribute("aria-valuetext", `${Math.round(nowMs)} milliseconds`);
  }

  #step(): void {
    this.#events.touched?.();
    this.#setPlaying(false);
    const next = this.#playhead.nowMs + stepMs;
    this.#seek(next > (this.#run?.endMs ?? 0) ? 0 : next);
  }

  #seek(nowMs: number): void {
    this.#playhead.seek(nowMs);
    this.#moment.value = String(Math.round(nowMs));
  }

  #setPlaying(playing: boolean): void {
    if (playing) this.#playhead.play();
    else this.#playhead.pause();
    partOf(this.#figure, '[data-act="play"]').textContent = playing ? "Pause" : "Play";
  }
}
