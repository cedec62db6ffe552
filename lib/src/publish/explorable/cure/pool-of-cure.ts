import type { PoolFrame } from "../pool/pool-frame.ts";
import { poolPicture } from "../pool/pool-picture.ts";
import { type CureChoice, mostCallers } from "./choice.ts";
import type { PlayedCure } from "./play-cure.ts";

/** Draws a moment of a run under a remedy: two workers, or two pools of two. */
export function poolOfCure(frame: PoolFrame, { run }: PlayedCure, { remedy }: CureChoice): string {
  return poolPicture(frame, run.probes, mostCallers, {
    asleep: "about to be due",
    queue: "due, waiting for a worker",
    workers: remedy === "isolated" ? "two workers for all, and two for the jobs" : "two workers",
  });
}
