import type { LockSpan } from "../../../model/lock-rounds.ts";
import { bands, inRows, type Mark, type PoolFrame, PoolReader } from "../pool/pool-frame.ts";
import type { PlayedConvoy } from "./play-convoy.ts";

/** Reads moments off a run with a lock: its line takes the place of the sleepers, who sleep a millisecond each. */
export class ConvoyReader {
  readonly #played: PlayedConvoy;
  readonly #reader: PoolReader;

  constructor(played: PlayedConvoy) {
    this.#played = played;
    this.#reader = new PoolReader(played.run);
  }

  at(nowMs: number): PoolFrame {
    const frame = this.#reader.at(nowMs);
    const places = new Map(this.#line(nowMs).map(({ user }, index) => [user, inRows(index, bands.asleep)]));
    const holder = this.#held(nowMs)?.user;
    const marks = frame.marks.map((mark, task): Mark => {
      const place = places.get(task);
      if (place !== undefined) return { state: "in-line", ...place };
      const state = mark.state === "asleep" ? "absent" : mark.state;
      return { ...mark, state, holds: task === holder };
    });
    return { ...frame, marks };
  }

  readings(nowMs: number): Readonly<Record<"line" | "longest" | "turns" | "turn", string>> {
    const line = this.#line(nowMs);
    const turns = this.#played.holds.filter(({ untilMs }) => untilMs <= nowMs);
    const last = turns.at(-1);
    const longestMs = line[0] === undefined ? 0 : nowMs - line[0].fromMs;
    return {
      line: String(line.length),
      longest: `${longestMs.toFixed(0)} ms`,
      turns: String(turns.length),
      turn: last === undefined ? "–" : `${(last.untilMs - last.fromMs).toFixed(1)} ms`,
    };
  }

  /** Who stands in line, the first to come in front. */
  #line(nowMs: number): LockSpan[] {
    return this.#played.lines
      .filter(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs)
      .sort((a, b) => a.fromMs - b.fromMs);
  }

  #held(nowMs: number): LockSpan | undefined {
    return this.#played.holds.find(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs);
  }
}
