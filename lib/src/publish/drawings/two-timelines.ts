import type { Drawn } from "./drawn.ts";
import { box, line, text } from "./strokes.ts";

const lanes = [130, 154, 178, 202];

/** The timeline that the victim's trace shows, and the one of the workers, which it does not. */
export const twoTimelines: Drawn = {
  width: 360,
  height: 244,
  alt: "Above, what the trace of a request shows: it started, asked the database, and failed with a time-out. Below, what the workers did in the same time: all four were held by exports until after the deadline. No line of the trace mentions them.",
  inside: [
    '<g class="seen">',
    text(0, 14, "what you see: the trace of the request that failed", "strong"),
    box(40, 28, 46, 20, "poll"),
    text(63, 64, "query", "label", "middle"),
    box(86, 28, 192, 20, "wait"),
    text(182, 42, "“waiting for the database”", "alarmed", "middle"),
    text(284, 42, "time-out", "alarmed strong"),
    "</g>",
    '<g class="held">',
    text(0, 100, "what matters: the workers, in the same time", "strong"),
    line(278, 22, 278, 222, "deadline"),
    text(278, 238, "deadline", "alarmed", "middle"),
    ...lanes.flatMap((y, worker) => [
      text(0, y, `worker ${worker + 1}`, "label"),
      box(70 + worker * 7, y - 13, 226 - worker * 4, 17, "hold"),
      text(178 + worker * 5, y, "export to CSV", "", "middle"),
    ]),
    "</g>",
  ].join("\n"),
};
