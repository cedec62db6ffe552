import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { DataError } from "../../src/measure/study-error.ts";
import { openTable } from "../../src/tables/open-table.ts";
import { plainValues, readTable } from "../../src/tables/read-table.ts";
import type { Columns, Schema } from "../../src/tables/schema.ts";
import { writeTable } from "../../src/tables/write-table.ts";
import { everyType, everyTypeColumns } from "./fixtures.ts";

const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

const folder = mkdtempSync(join(tmpdir(), "tables-"));
const path = join(folder, "samples.arrow");
afterAll(() => rmSync(folder, { recursive: true }));

function plain(columns: Columns): Record<string, unknown[]> {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, [...values]]));
}

describe("what is written is what is read", () => {
  test("for every type, at the edges of its range, with missing values as null", () => {
    writeTable(path, everyType, everyTypeColumns, { plan: "abc" });
    const { rows, columns, metadata } = readTable(path, everyType);
    expect(rows).toBe(3);
    expect(plain(columns)).toEqual(plain(everyTypeColumns));
    expect(metadata).toEqual({ plan: "abc" });
  });

  test("64-bit integers come as plain numbers in a typed array", () => {
    writeTable(path, everyType, everyTypeColumns);
    expect(readTable(path, everyType).columns["delayNs"]).toBeInstanceOf(Float64Array);
  });

  test("a column at a time: another one's bytes are not looked at", () => {
    const delay = { type: "int64", unit: "ns", meaning: "" } as const;
    const delays = Float64Array.from({ length: 10_000 }, (_, i) => i % 7);
    writeTable(path, { first: delay, second: delay }, { first: delays, second: delays });
    const bytes = readFileSync(path);
    // What is compressed begins with Zstandard's magic number; the first column's comes first.
    bytes.fill(0, bytes.indexOf(zstdMagic), bytes.indexOf(zstdMagic) + zstdMagic.length);
    writeFileSync(path, bytes);
    const table = openTable(path, { first: delay, second: delay });
    expect(plainValues(table.column("second"))).toEqual(delays);
    expect(() => table.column("first")).toThrow(/^table is damaged: /);
  });

  test("for a table without rows", () => {
    const empty = Object.fromEntries(Object.keys(everyType).map((name) => [name, []]));
    writeTable(path, everyType, empty);
    expect(readTable(path, everyType)).toMatchObject({ rows: 0, columns: empty });
  });

  test("for any integers, present or missing", () => {
    const schema: Schema = { ns: { type: "int64", unit: "ns", meaning: "", nullable: true } };
    fc.assert(
      fc.property(fc.array(fc.option(fc.maxSafeInteger()), { minLength: 1 }), (ns) => {
        writeTable(path, schema, { ns });
        // −0 is stored as the integer it is.
        const expected = ns.map((value) => (value === null ? null : value + 0));
        expect([...(readTable(path, schema).columns["ns"] ?? [])]).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe("a table that does not match its schema is not written", () => {
  const schema: Schema = { delayNs: { type: "int64", unit: "ns", meaning: "" } };
  test.each([
    [{ delayNs: [1.5] }, "column delayNs, row 0: 1.5 is no int64"],
    [{ delayNs: [1, Number.NaN] }, "column delayNs, row 1: NaN is no int64"],
    [{ delayNs: [null] }, "column delayNs, row 0: null, but the column is not nullable"],
    [{ delayNs: ["1"] }, "column delayNs, row 0: 1 is not a number"],
    [{}, "column is missing: delayNs"],
    [{ delayNs: [1], other: [1] }, "column is not in the schema: other"],
  ])("%j", (columns, message) => {
    expect(() => writeTable(path, schema, columns as Columns)).toThrow(message);
  });

  test("columns of different lengths", () => {
    const two: Schema = { ...schema, worker: { type: "uint8", unit: "1", meaning: "" } };
    expect(() => writeTable(path, two, { delayNs: [1, 2], worker: [1] })).toThrow("column worker has 1 rows");
  });

  test("a number that does not fit", () => {
    const small: Schema = { worker: { type: "uint8", unit: "1", meaning: "" } };
    expect(() => writeTable(path, small, { worker: [256] })).toThrow("256 is no uint8");
  });
});

describe("a bad table is named, with its problem and a remedy", () => {
  const expectProblem = (schema: Schema, problem: RegExp) => {
    expect(() => readTable(path, schema)).toThrow(DataError);
    expect(() => readTable(path, schema)).toThrow(problem);
    expect(() => readTable(path, schema)).toThrow(/samples\.arrow.*restore it/);
  };

  test("missing", () => {
    rmSync(path, { force: true });
    expectProblem(everyType, /table is missing/);
  });

  test("truncated anywhere", () => {
    writeTable(path, everyType, everyTypeColumns);
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length += 97) {
      writeFileSync(path, whole.subarray(0, length));
      expectProblem(everyType, length < 6 ? /not an Arrow file/ : /truncated/);
    }
  });

  test("not an Arrow file", () => {
    writeFileSync(path, "run,delayNs\n1,2\n");
    expectProblem(everyType, /not an Arrow file/);
  });

  test("damaged in the middle", () => {
    writeTable(path, everyType, everyTypeColumns);
    const bytes = readFileSync(path);
    bytes.fill(0xff, 8, bytes.length - 6);
    writeFileSync(path, bytes);
    expectProblem(everyType, /damaged/);
  });

  const { run, delayNs, ...rest } = everyType as Required<Schema>;
  test.each<[string, Schema, RegExp]>([
    [
      "a column of another name",
      { number: run, delayNs, ...rest } as Schema,
      /column 1 is run: uint32; expected number: uint32/,
    ],
    [
      "another order",
      { delayNs, run, ...rest } as Schema,
      /column 1 is run: uint32; expected delayNs: int64/,
    ],
    [
      "another type",
      { ...everyType, worker: { type: "uint16", unit: "1", meaning: "", nullable: true } },
      /worker: uint8 or null; expected worker: uint16 or null/,
    ],
    [
      "another nullability",
      { ...everyType, blocked: { type: "bool", unit: "", meaning: "", nullable: true } },
      /blocked: bool; expected blocked: bool or null/,
    ],
    [
      "a column too few",
      { ...everyType, late: { type: "bool", unit: "", meaning: "" } },
      /column 11 is missing; expected late: bool/,
    ],
    ["a column too many", { run } as Schema, /column 2 is delayNs: int64; expected no more columns/],
  ])("with another schema: %s", (_, schema, problem) => {
    writeTable(path, everyType, everyTypeColumns);
    expectProblem(schema, problem);
  });

  test("units and meanings may be reworded", () => {
    writeTable(path, everyType, everyTypeColumns);
    const reworded = { ...everyType, run: { type: "uint32", unit: "", meaning: "which run" } } as const;
    expect(readTable(path, reworded).rows).toBe(3);
  });
});
