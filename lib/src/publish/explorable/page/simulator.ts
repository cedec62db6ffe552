/// <reference lib="dom" />

import { mostBlockers } from "../cliff/choice.ts";
import { playSweep } from "../cliff/play-sweep.ts";
import { predictedDelays } from "../cliff/predicted-delays.ts";
import { playConvoy } from "../convoy/play-convoy.ts";
import { predictedFailures } from "../convoy/predicted-failures.ts";
import { playCure } from "../cure/play-cure.ts";
import { predictedRemedies } from "../cure/predicted-remedies.ts";
import { sortedDelays } from "../median/sorted-delays.ts";
import type { Exchange, Question } from "../question.ts";

// The simulator's thread: the study's own model, compiled for the browser.
const kept = new Map<string, unknown>();

/** Predictions take many runs, and are the same whenever they are asked for. */
function keep<T>(key: string, make: () => T): T {
  const known = kept.get(key);
  if (known !== undefined) return known as T;
  const made = make();
  kept.set(key, made);
  return made;
}

function answer(question: Question): Exchange[keyof Exchange]["answer"] {
  switch (question.kind) {
    case "cliff": {
      const { design } = question;
      const { discipline, workers } = design;
      const predicted = keep(discipline, () => predictedDelays(discipline, workers, mostBlockers));
      return { run: playSweep(design), predicted };
    }
    case "median": {
      const { blocks } = question.design;
      return keep(blocks, () => sortedDelays(question.design));
    }
    case "convoy":
      return { played: playConvoy(question.design), predicted: keep("convoy", predictedFailures) };
    case "cure": {
      const { callers } = question.design;
      const predicted = keep(`cure ${callers}`, () => predictedRemedies(callers));
      return { played: playCure(question.design), predicted };
    }
  }
}

self.onmessage = ({ data }: MessageEvent<Question>) => {
  self.postMessage({ number: data.number, answer: answer(data) });
};
