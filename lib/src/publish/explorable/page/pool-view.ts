/// <reference lib="dom" />
import { type PoolFrame, workerBox } from "../pool/pool-frame.ts";
import { styleOf } from "../pool/pool-picture.ts";

interface Eased {
  x: number;
  y: number;
}
/** In this time a mark covers about two thirds of the way to its place (ms). */
const easingMs = 60;

/** Moves the elements of the still picture. */
export class PoolView {
  readonly #circles: readonly SVGCircleElement[];
  readonly #blocks: readonly SVGRectElement[];
  readonly #workers: readonly SVGGElement[];
  readonly #places = new Map<number, Eased>();

  constructor(svg: SVGSVGElement) {
    this.#circles = [...svg.querySelectorAll<SVGCircleElement>("circle.mark")];
    this.#blocks = [...svg.querySelectorAll<SVGRectElement>("rect.block")];
    this.#workers = [...svg.querySelectorAll<SVGGElement>("g.worker")];
  }

  /** @param elapsedMs time since the last drawing; infinite where nothing may move */
  draw({ marks, workers }: PoolFrame, elapsedMs: number): void {
    const share = 1 - Math.exp(-elapsedMs / easingMs);
    for (const [task, circle] of this.#circles.entries()) {
      const mark = marks[task];
      if (mark === undefined) continue;
      const { x, y } = this.#ease(task, mark, share);
      circle.setAttribute("cx", x.toFixed(1));
      circle.setAttribute("cy", y.toFixed(1));
      setClass(circle, styleOf(mark));
    }
    for (const [i, block] of this.#blocks.entries()) {
      const task = this.#circles.length + i;
      const mark = marks[task];
      const shown = mark?.state === "waiting" || mark?.state === "running";
      setClass(block, `block ${shown ? mark.state : "absent"}`);
      if (mark === undefined || !shown) {
        this.#places.delete(task);
        continue;
      }
      const { x, y } = this.#ease(task, mark, share);
      block.setAttribute("x", (x - 5).toFixed(1));
      block.setAttribute("y", (y - 5).toFixed(1));
    }
    for (const [i, { blocked, left }] of workers.entries())
      this.#drawWorker(i, blocked, left, workers.length);
  }

  #drawWorker(i: number, blocked: boolean, left: number, workers: number): void {
    const group = this.#workers[i];
    const [hold, text] = [group?.querySelector(".hold"), group?.querySelector("text")];
    if (group === undefined || !hold || !text) return;
    setClass(group, blocked ? "worker blocked" : "worker");
    hold.setAttribute("width", (left * workerBox(i, workers).width).toFixed(1));
    const word = blocked ? "blocked" : "free";
    if (text.textContent !== word) text.textContent = word;
  }

  #ease(task: number, { x, y }: Eased, share: number): Eased {
    const place = this.#places.get(task) ?? { x, y };
    place.x += (x - place.x) * share;
    place.y += (y - place.y) * share;
    this.#places.set(task, place);
    return place;
  }
}

function setClass(element: Element, name: string): void {
  if (element.getAttribute("class") !== name) element.setAttribute("class", name);
}
