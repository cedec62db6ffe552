import { Bench } from "tinybench";

/** Returns how long a piece of work took at best of a few times (ns): what else the machine does only ever adds. */
export async function fastestNs(work: () => unknown): Promise<number> {
  const bench = new Bench({ time: 0, iterations: 5, warmupTime: 0, warmupIterations: 1 });
  bench.add("work", async () => void (await work()));
  const [task] = await bench.run();
  if (task === undefined || !("latency" in task.result)) throw new Error("work to be timed failed");
  return task.result.latency.min * 1e6;
}
