import { median } from "simple-statistics";
import { cells } from "../../../summary/cells.ts";
import type { Dataset } from "../../../tables/load.ts";
import type { ControlsScenario } from "../run.ts";
import type { ControlsData } from "./control-runs.ts";

export type MainCollections = ReturnType<typeof mainCollections>[number];

/**
 * Counts the controls that the young generation of 64 MB did not outlast, by what their tasks did: those with a garbage
 * collection on the thread that dispatches, and the longest of a run, in the median of these runs (ms).
 */
export function mainCollections(data: ControlsData) {
  const where = { heap: "64 MB", program: ["probe", "yielder"], kind: "collection" } as const;
  const collected = cells(data, { value: "valueNs", by: ["program", "system"], where });
  const runs = (data.runs.objects() as ControlRow[]).filter(
    ({ valid, heap, program }) => valid && heap === "64 MB" && program !== "ping-pong",
  );
  return [...Map.groupBy(runs, kindOf)]
    .sort(([a], [b]) => a.localeCompare(b, "en"))
    .map(([kind, ofKind]) => {
      const { program, system } = ofKind[0] as ControlRow;
      const longest = collected
        .filter(({ levels }) => kindOf(levels) === kind)
        .flatMap(({ byRun }) => byRun.map((ofRun) => Math.max(...ofRun) / 1e6));
      return {
        program,
        system,
        runs: ofKind.length,
        collecting: longest.length,
        longestMs: longest.length === 0 ? null : median(longest),
      };
    });
}

type Kind = Pick<ControlsScenario, "program" | "system">;
type ControlRow = Kind & Pick<ControlsScenario, "heap"> & { readonly valid: boolean };

function kindOf({ program, system }: Kind): string {
  return `${program} ${system}`;
}

export type RunCollections = ReturnType<typeof runCollections>[number];

/**
 * Counts the valid runs of each experiment with garbage collections, on the main thread and on workers, and gives the
 * longest of all (ms). Runs that do not tell are left out; null where none does, as in data of before.
 */
export function runCollections(measurements: readonly Dataset[]) {
  return measurements.map(({ experiment, runs }) => {
    const valid = (runs.objects() as CollectionRow[]).filter((row) => row.valid);
    const main = valid.flatMap(({ gcMainLongestNs: longestNs }) => longestNs ?? []);
    const workers = valid.flatMap(({ gcWorkersLongestNs: longestNs }) => longestNs ?? []);
    return {
      experiment,
      runs: valid.length,
      mainTold: main.length,
      mainCollecting: countAbove0(main),
      mainLongestMs: longestMs(main),
      workersTold: workers.length,
      workersCollecting: countAbove0(workers),
      workersLongestMs: longestMs(workers),
    };
  });
}

interface CollectionRow {
  readonly valid: boolean;
  /** 0 where the thread collected nothing. */
  readonly gcMainLongestNs: number | null;
  readonly gcWorkersLongestNs: number | null;
}

function countAbove0(longestNs: readonly number[]): number | null {
  return longestNs.length === 0 ? null : longestNs.filter((ns) => ns > 0).length;
}

function longestMs(longestNs: readonly number[]): number | null {
  return longestNs.length === 0 ? null : Math.max(...longestNs) / 1e6;
}
