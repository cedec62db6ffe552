import { type ColumnTable, from } from "arquero";
import { shareOf } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import type { Dataset } from "../../../tables/load.ts";
import { controlRuns } from "./control-runs.ts";

const systems = ["run-queue", "piscina", "pinned", "bare-timer"] as const;

/**
 * Counts timers that fired before they were due, by system: their share, and how early they were in the middle and at
 * most (ms). Whoever clamps overheads at zero moves these samples.
 */
export function earlyTimers(data: Dataset): ColumnTable {
  const rows = systems.flatMap((system) => {
    const runs = controlRuns(data, "overhead", { system });
    if (runs.length === 0) return [];
    const early = runs.map((run) => run.filter((overheadNs) => overheadNs < 0));
    const byMs = early
      .flatMap((run) => Array.from(run, (overheadNs) => -overheadNs / 1e6))
      .sort((a, b) => a - b);
    return [
      {
        system,
        samples: runs.reduce((sum, run) => sum + run.length, 0),
        ...intervalColumns(
          "early",
          "Share",
          shareOf(
            early.map(({ length }) => length),
            runs.map(({ length }) => length),
          ),
        ),
        medianMs: byMs[Math.floor(byMs.length / 2)] ?? null,
        mostMs: byMs.at(-1) ?? null,
      },
    ];
  });
  return from(rows);
}
