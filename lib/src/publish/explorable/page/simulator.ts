/// <reference lib="dom" />

import { mostBlockers } from "../address.ts";
import { playRun } from "../played-run.ts";
import { type PredictedDelay, predictedDelays } from "../predicted-delays.ts";
import type { Answer, Question } from "../question.ts";

// The simulator's thread: the study's own model, compiled for the browser.
const predictions = new Map<string, readonly PredictedDelay[]>();

self.onmessage = ({ data: { number, design } }: MessageEvent<Question>) => {
  const { discipline, workers } = design;
  const predicted = predictions.get(discipline) ?? predictedDelays(discipline, workers, mostBlockers);
  predictions.set(discipline, predicted);
  const answer: Answer = { number, run: playRun(design), predicted };
  self.postMessage(answer);
};
