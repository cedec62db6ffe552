import type { Drawn } from "./drawn.ts";
import { box, line, text } from "./strokes.ts";

/** A holder that waits for a worker, and the line behind it. */
export const convoy: Drawn = {
  width: 360,
  height: 198,
  alt: "A task takes a lock, does a microsecond of work, and must wait for a worker before it can go on and give the lock back. While every worker is blocked, each turn of the lock takes as long as its holder waits for a worker, and the line behind it grows.",
  inside: [
    text(0, 14, "one lock, every worker held", "strong"),
    ...[0, 1, 2].flatMap((turn) => {
      const y = 36 + turn * 40;
      const x = 66 + turn * 94;
      return [
        text(0, y + 14, `task ${turn + 1}`, "label"),
        ...(turn === 0 ? [] : [line(66, y + 10, x, y + 10, "sleep")]),
        box(x, y, 4, 20, "poll"),
        box(x + 5, y, 84, 20, "lock"),
        text(x + 47, y + 14, "has lock, waits", "calmed", "middle"),
        box(x + 90, y, 4, 20, "poll"),
      ];
    }),
    text(66, 166, "dotted: waits for the lock", "label"),
    text(66, 186, "thin bars: all the work that there is", "calmed"),
  ].join("\n"),
};
