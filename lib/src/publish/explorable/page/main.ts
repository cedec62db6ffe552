/// <reference lib="dom" />
import { startCliff } from "./cliff.ts";
import { startConvoy } from "./convoy.ts";
import { startCure } from "./cure.ts";
import { startGuess } from "./guess.ts";
import { startMedian } from "./median.ts";
import { onceNear } from "./once-near.ts";

const starts = {
  cliff: startCliff,
  median: onceNear("median", startMedian),
  guess: startGuess,
  convoy: onceNear("convoy", startConvoy),
  cure: onceNear("cure", startCure),
};

for (const [kind, start] of Object.entries(starts)) {
  for (const figure of document.querySelectorAll<HTMLElement>(`[data-explorable="${kind}"]`)) start(figure);
}
