import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { CompressionType, compressionRegistry, tableFromIPC } from "apache-arrow";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { filesIn, joinTables } from "../../bench/join-tables.ts";
import { SignedHistogram } from "../../bench/signed-histogram.ts";
import { nearestRank } from "../../src/stats/nearest-rank.ts";
import { openTable } from "../../src/tables/open-table.ts";
import { readTable } from "../../src/tables/read-table.ts";
import type { Schema } from "../../src/tables/schema.ts";
import { writeTable } from "../../src/tables/write-table.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

// As data/README.md tells: the reader brings no codec of its own.
compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => zstdDecompressSync(bytes) });

const schema: Schema = {
  run: { type: "uint32", unit: "1", meaning: "" },
  ns: { type: "int64", unit: "ns", meaning: "", nullable: true },
  colour: { type: "category", unit: "", meaning: "" },
};

test("joined tables are one table of as many batches, for our reader and for Arrow's own, and pass through in pieces", () => {
  const paths = [0, 1, 2].map((copy) => {
    const path = join(folder, `${copy}.arrow`);
    writeTable(path, schema, { run: [copy, copy], ns: [copy * 1000, null], colour: ["red", "green"] });
    return path;
  });
  const joined = join(folder, "joined.arrow");
  joinTables(joined, filesIn(paths));
  const { rows, columns } = readTable(joined, schema);
  expect(rows).toBe(6);
  expect([...(columns["ns"] ?? [])]).toEqual([0, null, 1000, null, 2000, null]);
  expect([...(columns["colour"] ?? [])]).toEqual(["red", "green", "red", "green", "red", "green"]);
  const theirs = tableFromIPC(readFileSync(joined));
  expect(theirs.numRows).toBe(6);
  const pieces = [...openTable(joined, schema).pieces("run", "ns")];
  expect(pieces.map(([run]) => run && "values" in run && [...run.values])).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
});

test("quantiles of merged histograms are the exact ones to three digits, on both sides of zero", () => {
  const values = fc.array(fc.integer({ min: -1_000_000, max: 100_000_000 }), { minLength: 1 });
  fc.assert(
    fc.property(values, values, fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1), (some, others, p) => {
      const [one, other] = [new SignedHistogram(), new SignedHistogram()];
      for (const value of some) one.record(value);
      for (const value of others) other.record(value);
      one.merge(other);
      const sorted = [...some, ...others].sort((a, b) => a - b);
      const exact = sorted[nearestRank(sorted.length, p) - 1] as number;
      expect(Math.abs(one.quantile(p) - exact)).toBeLessThanOrEqual(Math.abs(exact) / 1000);
    }),
  );
});
