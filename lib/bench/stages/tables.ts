import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { CompressionType, compressionRegistry, tableFromIPC } from "apache-arrow";
import { fromCSV, table, toCSV } from "arquero";
import type { BenchRow } from "../../src/tables/bench-results.ts";
import { readTable } from "../../src/tables/read-table.ts";
import type { Schema } from "../../src/tables/schema.ts";
import { writeTable } from "../../src/tables/write-table.ts";
import { fastestNs } from "../time-calls.ts";

// As data/README.md tells: the reader brings no codec of its own.
compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => zstdDecompressSync(bytes) });

const schema: Schema = {
  run: { type: "uint32", unit: "1", meaning: "" },
  delayNs: { type: "int64", unit: "ns", meaning: "" },
  worker: { type: "uint8", unit: "1", meaning: "" },
};

/** What it costs to have a table of three columns back from disk: our file by our reader and Arrow JS, and CSV by arquero. */
export async function tables(sizes: readonly number[] = [10_000, 100_000, 1_000_000]): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "bench-tables-"));
  const path = join(folder, "samples.arrow");
  try {
    const rows: BenchRow[] = [];
    for (const size of sizes) {
      const columns = {
        run: Uint32Array.from({ length: size }, (_, i) => i >> 10),
        delayNs: Float64Array.from({ length: size }, (_, i) => 100_000 + ((i * 7919) % 50_000)),
        worker: Uint8Array.from({ length: size }, (_, i) => i & 3),
      };
      writeTable(path, schema, columns);
      const csv = toCSV(table(columns));
      const readers: Readonly<Record<string, () => unknown>> = {
        "our reader": () => readTable(path, schema).columns["delayNs"]?.length,
        "Arrow JS": () => tableFromIPC(readFileSync(path)).getChild("delayNs")?.toArray(),
        "CSV by arquero": () => fromCSV(csv).numRows(),
      };
      for (const [candidate, read] of Object.entries(readers)) {
        rows.push({
          stage: "tables",
          candidate,
          ours: candidate === "our reader",
          size,
          sizeUnit: "rows",
          cost: (await fastestNs(read)) / 1e6,
          costUnit: "ms",
          memoryMiB: null,
        });
      }
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
