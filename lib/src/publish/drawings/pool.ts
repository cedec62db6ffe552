import type { Drawn } from "./drawn.ts";
import { arrow, box, dot, text } from "./strokes.ts";

const rows = [22, 70, 118, 166];
const held = [true, true, true, false];

/** Tasks, the queue they wait in, and four workers of which three are held. */
export const pool: Drawn = {
  width: 360,
  height: 236,
  alt: "Tasks whose timers have fired stand in one run queue. Four workers take from its head. Three of them are held by tasks that block; the fourth is free and takes everybody's next poll.",
  inside: [
    text(0, 96, "due tasks", "label"),
    text(78, 96, "run queue", "label"),
    arrow(0, 120, 66, 120),
    box(76, 106, 112, 28, "box"),
    ...[90, 106, 122, 138, 154, 170].map((x) => dot(x, 120, "waiting")),
    ...rows.flatMap((y, worker) => [
      box(250, y, 110, 36, "box"),
      ...(held[worker] === true ? [box(250, y, 110, 36, "hold")] : []),
      ...(held[worker] === true
        ? [text(305, y + 23, "blocked", "", "middle")]
        : [dot(268, y + 18, "running"), text(314, y + 23, "a poll, µs", "", "middle")]),
      ...(held[worker] === true ? [] : [arrow(190, 126, 246, y + 18)]),
    ]),
    text(305, 14, "workers", "label", "middle"),
    text(0, 228, "One free worker serves everybody, because a poll is short.", "label"),
  ].join("\n"),
};
