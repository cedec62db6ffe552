/// <reference lib="dom" />
import type { Exchange, Kind } from "../question.ts";

/** The simulator's thread as text, put here by the bundler: a page opened as a file may start a worker from a blob, not from a file. */
declare const SIMULATOR_SOURCE: string;

/**
 * Starts a thread of the simulator for one explorable; only the answer to the latest question is delivered. The
 * explorable is busy until then: what it shows belongs to an earlier question.
 */
export function startSimulator<K extends Kind>(
  figure: HTMLElement,
  kind: K,
  deliver: (answer: Exchange[K]["answer"]) => void,
): (design: Exchange[K]["design"]) => void {
  const url = URL.createObjectURL(new Blob([SIMULATOR_SOURCE], { type: "text/javascript" }));
  const worker = new Worker(url);
  let latest = 0;
  worker.onmessage = ({ data }: MessageEvent<{ number: number; answer: Exchange[K]["answer"] }>) => {
    if (data.number !== latest) return;
    deliver(data.answer);
    figure.ariaBusy = "false";
  };
  return (design) => {
    figure.ariaBusy = "true";
    worker.postMessage({ number: ++latest, kind, design });
  };
}
