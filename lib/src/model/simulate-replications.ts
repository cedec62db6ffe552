import { type DisciplineName, disciplines } from "./disciplines.ts";
import { type RequestDesign, simulateFailures } from "./simulate-failures.ts";
import { type SweepDesign, simulateOverheads } from "./simulate-overheads.ts";

/** A simulation as plain data, so that another thread can play it. */
export interface PlainSimulation {
  /** What the tasks do: sleep beside blockers, or send requests. */
  readonly load:
    | { readonly kind: "sweep"; readonly design: SweepDesign }
    | { readonly kind: "requests"; readonly design: RequestDesign };
  readonly workers: number;
  readonly discipline: DisciplineName;
  /** How late timers fire of themselves (ms); empty: never. */
  readonly lagsMs: readonly number[];
  readonly replications: number;
}

/**
 * Simulates some replications, with successive seeds.
 *
 * @returns one array a replication: overheads (ms) of a sweep, or the one share of requests that failed
 */
export default function simulateReplications({
  load,
  workers,
  discipline,
  lagsMs,
  replications,
  firstSeed,
}: PlainSimulation & { readonly firstSeed: number }): Float64Array[] {
  const make = disciplines[discipline];
  const options = { lagsMs, replications, firstSeed };
  if (load.kind === "sweep") return simulateOverheads(load.design, workers, make, options);
  return simulateFailures(load.design, workers, make, options).map((share) => Float64Array.of(share));
}
