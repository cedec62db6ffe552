import { build } from "hdr-histogram-js";
import { PollLog } from "../../src/executor/poll-log.ts";
import type { BenchRow } from "../../src/tables/bench-results.ts";
import { fastestNs } from "../time-calls.ts";

const times = { dueNs: 1, enqueuedNs: 2, startedNs: 3, endedNs: 4, worker: 0 };

/** What one sample costs that is kept: seven columns of ours, one number of a histogram, one object of a plain array. */
export async function recording(
  sizes: readonly number[] = [10_000, 100_000, 1_000_000],
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const size of sizes) {
    const candidates: Readonly<Record<string, () => void>> = {
      "poll log": () => {
        const log = new PollLog(size);
        for (let i = 0; i < size; i++) log.add(i, 1, times);
      },
      "HDR histogram": () => {
        const histogram = build({ numberOfSignificantValueDigits: 3 });
        for (let i = 0; i < size; i++) histogram.recordValue(100_000 + i);
      },
      "array of objects": () => {
        const kept: object[] = [];
        for (let i = 0; i < size; i++) kept.push({ ...times, task: i, tag: 1 });
      },
    };
    for (const [candidate, work] of Object.entries(candidates)) {
      rows.push({
        stage: "recording",
        candidate,
        ours: candidate === "poll log",
        size,
        sizeUnit: "samples",
        cost: (await fastestNs(work)) / size,
        costUnit: "ns a sample",
        memoryMiB: null,
      });
    }
  }
  return rows;
}
