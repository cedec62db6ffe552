import type { InstrumentVerdict } from "../../../src/studies/watch/analysis.ts";
import { watchInstruments } from "../../../src/studies/watch/figures.ts";
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

testFigures({ "watch-instruments": () => watchInstruments(verdicts) });
