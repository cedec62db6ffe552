import { PoissonArrivalsWorkload } from "../../src/model/poisson-arrivals.ts";
import { sharedQueue } from "../../src/model/shared-queue.ts";
import { Simulation } from "../../src/model/simulation.ts";
import { seededRandom } from "../../src/stats/random.ts";
import type { BenchRow } from "../../src/tables/bench-results.ts";
import { fastestNs } from "../time-calls.ts";

/** What one event of the simulator costs: a queue of exponential services, four workers at 80 % of their capacity. */
export async function simulator(
  sizes: readonly number[] = [10_000, 100_000, 1_000_000],
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const arrivals of sizes) {
    let events = 0;
    const ns = await fastestNs(() => {
      const random = seededRandom(1);
      const load = { arrivals, warmUp: 0, meanBetweenMs: 1 / 3.2, meanServiceMs: 1, places: 10_000 };
      const workload = new PoissonArrivalsWorkload({ ...load, service: "exponential", random });
      events = new Simulation(workload, 4, sharedQueue).run().events;
    });
    rows.push({
      stage: "simulator",
      candidate: "our simulator",
      ours: true,
      size: arrivals,
      sizeUnit: "arrivals",
      cost: ns / events,
      costUnit: "ns an event",
      memoryMiB: null,
    });
  }
  return rows;
}
