import type { PoolReader } from "../pool/pool-frame.ts";
import { readingsOf } from "../pool/readings.ts";
import type { PlayedCure } from "./play-cure.ts";

/** Reads a moment: who waits, how late the others were so far, and how many jobs have ended. */
export function cureReadings(played: PlayedCure, reader: PoolReader, nowMs: number) {
  const frame = reader.at(Math.min(nowMs, played.run.endMs));
  const { quantiles, texts } = readingsOf(frame, reader.overheadsUntil(nowMs, 0), { p95: 0.95 });
  const jobs = played.jobsEndedMs.filter((ms) => ms <= nowMs).length;
  return { p95: quantiles.p95, texts: { ...texts, jobs: String(jobs) } };
}
