import type { ColumnTable } from "arquero";
import type { Figure } from "../figure.ts";
import { logRange } from "../log-range.ts";
import { rowsOf } from "../rows.ts";
import { logAxis } from "../theme.ts";
import { type RemedyMark, remedyPanels } from "./remedy-panels.ts";

const marks: readonly RemedyMark[] = [
  { label: "probes on the workers", stem: "probeP95", unit: "Ms", open: false },
  { label: "fs.stat on libuv's pool", stem: "statP95", unit: "Ms", open: true },
];

/**
 * Draws who waits under each remedy: probes on the shared workers, and `fs.stat` on libuv's threads.
 *
 * @param effects what `remedyEffects` gives
 * @param floorMs p95 of bare timers; null where the controls were not measured
 */
export function remediesVictims(effects: ColumnTable, floorMs: number | null): Figure {
  const rows = rowsOf(effects, { callers: "patient" });
  const columns = marks.flatMap(({ stem }) => [`${stem}Ms`, `${stem}LowMs`, `${stem}HighMs`]);
  return {
    id: "remedies-victims",
    title: "Who waits under each remedy",
    alt: "95th percentile of the delay in milliseconds, on a logarithmic axis, by remedy, one panel for each kind of blocking work: of probes on the shared workers (filled) and of fs.stat on libuv's threads (open), with 95 % intervals over runs.",
    ...remedyPanels(
      rows,
      marks,
      logAxis("p95", "ms", { range: logRange([...rows, { floorMs }], [...columns, "floorMs"]) }),
      { floorMs, quantile: "p95" },
    ),
  };
}
