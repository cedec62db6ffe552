/// <reference lib="dom" />
import { partOf } from "./part-of.ts";

/** Hides the second timeline, and its description, until the reader has named a culprit. */
export function startGuess(figure: HTMLElement): void {
  const picture = partOf<SVGSVGElement>(figure, "svg");
  const whole = picture.getAttribute("aria-label") ?? "";
  picture.setAttribute("aria-label", figure.dataset["before"] ?? "");
  figure.classList.add("guessing");
  partOf(figure, "form").addEventListener("change", ({ target }) => {
    const { verdict = "" } = (target as HTMLInputElement).dataset;
    picture.setAttribute("aria-label", whole);
    figure.classList.remove("guessing");
    partOf(figure, ".explorable-story").textContent = verdict;
  });
}
