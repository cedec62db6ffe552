import type { TracedPoll } from "../../../src/studies/watch/analysis/foreign-trace.ts";
import type { InstrumentVerdict } from "../../../src/studies/watch/analysis/stalls.ts";
import { watchInstruments, watchTimeline } from "../../../src/studies/watch/figures.ts";
import { intervalColumns } from "../../../src/summary/interval-columns.ts";
import { testFigures } from "../../drawing/snapshot.ts";

function share<Name extends string>(name: Name, estimate: number | null) {
  const bound = (by: number) => (estimate === null ? null : Math.min(1, Math.max(0, estimate + by)));
  return intervalColumns(name, "Share", { estimate, low: bound(-0.05), high: bound(0.05) });
}

/** A small made-up summary with the shape of a real one; nothing here was measured. */
const verdicts: InstrumentVerdict[] = (["parked", "computing", "main-thread", "libuv"] as const).map(
  (source, at) => ({
    source,
    stalls: 144,
    ...share("watch", 1),
    ...share("loopDelay", source === "main-thread" ? 0.9 : 0.02 * at),
    ...share("utilization", 0.1),
    ...share("poolWaits", source === "libuv" ? null : 0.97),
    ...share("blockedAt", source === "main-thread" ? 1 : 0.04 * at),
  }),
);

/** Two reports hold both workers while three thumbnails wait, one of them beyond the end. */
const polls: TracedPoll[] = [
  { task: "thumbnail", worker: 0, dueS: 0.1, startedS: 0.1, endedS: 0.12 },
  { task: "report", worker: 0, dueS: 0.2, startedS: 0.2, endedS: 0.7 },
  { task: "report", worker: 1, dueS: 0.25, startedS: 0.25, endedS: 0.9 },
  { task: "thumbnail", worker: 0, dueS: 0.3, startedS: 0.7, endedS: 0.72 },
  { task: "thumbnail", worker: 0, dueS: 0.5, startedS: 0.72, endedS: 0.74 },
  { task: "thumbnail", worker: 1, dueS: 0.8, startedS: 1.2, endedS: 1.3 },
];

testFigures({
  "watch-instruments": () => watchInstruments(verdicts),
  "watch-timeline": () => watchTimeline(polls, 0, 1),
});
