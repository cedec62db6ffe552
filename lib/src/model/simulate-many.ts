import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import { entryBeside } from "../measure/entry-beside.ts";
import type { PlainSimulation } from "./simulate-replications.ts";

const entry = entryBeside(import.meta.url, "simulate-replications");

/**
 * Simulates on a pool of threads, each replication a task of its own. A replication's seed is its number, so that the
 * results are those of one thread, whatever the number of threads.
 *
 * @returns for each simulation, in the order of the request, one array a replication: overheads (ms), or a failure share
 */
export async function simulateMany(
  simulations: readonly PlainSimulation[],
  threads = availableParallelism(),
): Promise<Float64Array[][]> {
  const pool = new Piscina({ filename: entry.href, minThreads: threads, maxThreads: threads });
  try {
    return await Promise.all(
      simulations.map(({ replications, ...simulation }) =>
        Promise.all(
          Array.from({ length: replications }, async (_, replication) => {
            const job = { ...simulation, replications: 1, firstSeed: replication + 1 };
            const [result] = (await pool.run(job)) as Float64Array[];
            return result as Float64Array;
          }),
        ),
      ),
    );
  } finally {
    await pool.close({ force: true });
  }
}
