/// <reference lib="dom" />
import type { PlayedDesign } from "../played-run.ts";
import type { Answer, Question } from "../question.ts";

/** The simulator's thread as text, put here by the bundler: a page opened as a file may start a worker from a blob, not from a file. */
declare const SIMULATOR_SOURCE: string;

/** Starts the simulator's thread; only the answer to the latest question is delivered. */
export function startSimulator(deliver: (answer: Answer) => void): (design: PlayedDesign) => void {
  const url = URL.createObjectURL(new Blob([SIMULATOR_SOURCE], { type: "text/javascript" }));
  const worker = new Worker(url);
  let latest = 0;
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if (data.number === latest) deliver(data);
  };
  return (design) => {
    const question: Question = { number: ++latest, design };
    worker.postMessage(question);
  };
}
