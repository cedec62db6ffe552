/// <reference lib="dom" />
/** How much slower than life a run is shown. */
const slowness = 40;
/** The least time between two drawings that counts as motion; after a pause nothing leaps. */
const longestFrameMs = 100;

/** Lets time pass in a run while its figure is on screen and the reader has not stopped it. */
export class Playhead {
  #nowMs = 0;
  #playing = false;
  #visible = false;
  #lastMs: number | null = null;
  readonly #tick: (nowMs: number, elapsedMs: number) => void;

  /** @param tick called for every frame with the moment of the run and the time since the last frame (ms) */
  constructor(figure: Element, tick: (nowMs: number, elapsedMs: number) => void) {
    this.#tick = tick;
    new IntersectionObserver(
      (entries) => {
        this.#visible = entries.at(-1)?.isIntersecting === true;
        this.#wake();
      },
      { threshold: 0.15 },
    ).observe(figure);
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  get playing(): boolean {
    return this.#playing;
  }

  play(): void {
    this.#playing = true;
    this.#wake();
  }

  pause(): void {
    this.#playing = false;
  }

  /** Goes to a moment and draws it at once. */
  seek(nowMs: number): void {
    this.#nowMs = nowMs;
    this.#tick(nowMs, Number.POSITIVE_INFINITY);
  }

  /** Goes to a moment and lets the marks glide there. */
  rewind(nowMs: number): void {
    this.#nowMs = nowMs;
  }

  #wake(): void {
    if (!this.#playing || !this.#visible || this.#lastMs !== null) return;
    this.#lastMs = performance.now();
    requestAnimationFrame((nowMs) => this.#frame(nowMs));
  }

  #frame(frameMs: number): void {
    if (!this.#playing || !this.#visible || this.#lastMs === null) {
      this.#lastMs = null;
      return;
    }
    const elapsedMs = Math.min(longestFrameMs, Math.max(0, frameMs - this.#lastMs));
    this.#lastMs = frameMs;
    this.#nowMs += elapsedMs / slowness;
    this.#tick(this.#nowMs, elapsedMs);
    requestAnimationFrame((nowMs) => this.#frame(nowMs));
  }
}
