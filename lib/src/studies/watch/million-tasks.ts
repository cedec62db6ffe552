import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { WatchedPool } from "./watched-pools.ts";

const stretches = 10;
const tasksAStretch = 100_000;

/** What a stretch of the million tasks left behind. */
export interface MemoryReading {
  readonly tasks: number;
  readonly lastedNs: number;
  readonly rssBytes: number;
  readonly traceBytes: number;
}

/** Sends a million tasks that do nothing through a watched pool, and reads after every tenth what memory and trace take. */
export async function millionTasks(
  pool: WatchedPool,
  workers: number,
  trace: string,
): Promise<MemoryReading[]> {
  const readings: MemoryReading[] = [];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const beganNs = process.hrtime.bigint();
    let left = tasksAStretch;
    const call = async () => {
      while (left-- > 0) await pool.run("step", { hold: null, ms: 0 });
    };
    await Promise.all(Array.from({ length: 8 * workers }, call));
    readings.push({
      tasks: tasksAStretch,
      lastedNs: Number(process.hrtime.bigint() - beganNs),
      rssBytes: process.memoryUsage.rss(),
      traceBytes: bytesWithin(trace),
    });
  }
  return readings;
}

/** A table that is replaced meanwhile counts as nothing. */
function bytesWithin(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).reduce((sum, name) => {
    const entry = statSync(join(folder, name), { throwIfNoEntry: false });
    return sum + (entry?.isFile() ? entry.size : 0);
  }, 0);
}
