import type { Drawn } from "./drawn.ts";
import { arrow, box, line, text } from "./strokes.ts";

/** What a sleeping task meets, on a healthy pool and on a starved one. */
export const pollTimeline: Drawn = {
  width: 360,
  height: 226,
  alt: "Two timelines of one task. On a healthy pool it sleeps, its timer fires, and its poll runs at once. On a starved pool the timer fires at the same moment, but the poll waits until a worker comes back; the time between is the scheduling delay.",
  inside: [
    text(0, 14, "a worker is free", "strong"),
    line(0, 46, 150, 46, "sleep"),
    text(75, 38, "asleep", "label", "middle"),
    box(150, 36, 5, 20, "poll"),
    text(160, 51, "poll", "calmed"),
    line(150, 24, 150, 204, "saturation"),
    text(146, 220, "timer fires", "label", "middle"),
    text(0, 92, "every worker is held", "strong"),
    box(40, 104, 222, 22, "hold"),
    text(151, 119, "a worker, blocked", "", "middle"),
    line(0, 158, 150, 158, "sleep"),
    text(75, 150, "asleep", "label", "middle"),
    box(150, 148, 112, 20, "wait"),
    text(206, 162, "due, waits", "alarmed", "middle"),
    box(262, 148, 5, 20, "poll"),
    text(272, 163, "poll", "calmed"),
    line(262, 126, 262, 204, "saturation"),
    arrow(154, 188, 258, 188),
    text(206, 202, "scheduling delay", "alarmed", "middle"),
  ].join("\n"),
};
