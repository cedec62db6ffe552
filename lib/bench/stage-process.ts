/** The process of one stage of `bench.ts`: measures it and prints its rows as one line of JSON. */
import { pathToFileURL } from "node:url";
import type { BenchRow } from "../src/tables/bench-results.ts";
import { article } from "./stages/article.ts";
import { figureExport } from "./stages/figures.ts";
import { groupedQuantiles } from "./stages/grouped-quantiles.ts";
import { instrument } from "./stages/instrument.ts";
import { pollsByTasks, pollsByWorkers } from "./stages/polls.ts";
import { recording } from "./stages/recording.ts";
import { simulator } from "./stages/simulator.ts";
import { tables } from "./stages/tables.ts";

const stages: Readonly<Record<string, (isFull: boolean) => Promise<BenchRow[]>>> = {
  instrument: () => instrument(),
  recording: (isFull) => recording(isFull ? [10_000, 100_000, 1_000_000, 10_000_000] : undefined),
  "polls-by-tasks": () => pollsByTasks(),
  "polls-by-workers": () => pollsByWorkers(),
  tables: (isFull) => tables(isFull ? [10_000, 100_000, 1_000_000, 10_000_000] : undefined),
  "grouped-quantiles": (isFull) => groupedQuantiles(isFull ? [1, 10, 100] : undefined),
  simulator: (isFull) => simulator(isFull ? [10_000, 100_000, 1_000_000, 10_000_000] : undefined),
  "figure-export": () => figureExport(),
  article: () => article(),
};

/** What can be measured, in its order. */
export const stageNames: readonly string[] = Object.keys(stages);

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [name = "", scale] = process.argv.slice(2);
  const stage = stages[name];
  if (stage === undefined) throw new TypeError(`stage must be one of ${stageNames.join(", ")}; got ${name}`);
  process.stdout.write(`\n${JSON.stringify(await stage(scale === "full"))}\n`);
}
