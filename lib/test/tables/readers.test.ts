import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { CompressionType, compressionRegistry, tableFromIPC } from "apache-arrow";
import { afterAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { batchRows } from "../../src/tables/encode-column.ts";
import { readManifest } from "../../src/tables/manifest.ts";
import { tableReaders } from "../../src/tables/table-readers.ts";
import { writeTable } from "../../src/tables/write-table.ts";
import { everyType, everyTypeColumns } from "./fixtures.ts";

const python = join(projectRoot, ".venv", "bin", "python");
const hasPython =
  existsSync(python) && spawnSync(python, ["-c", "import pyarrow, polars, duckdb"]).status === 0;
const reason = hasPython ? "" : " (Python's are skipped: pip install -r requirements-test.txt)";

const folder = mkdtempSync(join(tmpdir(), "readers-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "samples.arrow");

/** Prints a table as rows of texts, whoever read it: the way each reader makes rows is the only difference. */
const rowsInPython = `
def rows(table):
    if hasattr(table, "to_pylist"): return [list(row.values()) for row in table.to_pylist()]
    return [list(row) for row in (table.rows() if hasattr(table, "rows") else table.fetchall())]
def text(value): return None if value is None else str(float(value)) if isinstance(value, float) else str(value).lower() if isinstance(value, bool) else str(value)
import json; print(json.dumps([[text(value) for value in row] for row in rows(table)]))`;
const rowsInJavaScript = `
const names = table.schema ? table.schema.fields.map((field) => field.name) : table.columnNames();
const rows = table.schema ? table.toArray().map((row) => row.toJSON()) : table.objects();
const text = (value) => value === null ? null : String(value);
console.log(JSON.stringify(rows.map((row) => names.map((name) => text(row[name])))));`;

const expected = [
  ["0", "-850000", null, "-2147483648", "0", "255", "0.1", "true", null, "timed-out"],
  ["4294967295", "9007199254740991", "-1", "0", "65535", null, null, "false", "", "completed"],
  [
    "7",
    "-9007199254740991",
    "5000000000",
    "2147483647",
    "1",
    "0",
    "inf",
    "true",
    "steal: 0.03; größer",
    "timed-out",
  ],
];

function read({ language, imports, line }: (typeof tableReaders)[number], show: string): string {
  if (language === "Python") {
    return execFileSync(python, ["-c", `${imports}\ntable = ${line}\n${show}`], {
      cwd: folder,
      encoding: "utf8",
    });
  }
  const module = `import { createRequire } from "node:module"; ${imports} const table = ${line};${show}`;
  const resolved = module.replace(/from "(apache-arrow|arquero|@uwdata\/flechette)"/g, (_, name) => {
    return `from ${JSON.stringify(import.meta.resolve(name))}`;
  });
  return execFileSync(process.execPath, ["--input-type=module", "-e", resolved], {
    cwd: folder,
    encoding: "utf8",
  });
}

describe(`the line in the data dictionary reads every type and every missing value${reason}`, () => {
  test.for(tableReaders)("$name", (reader, { skip }) => {
    skip(reader.language === "Python" && !hasPython);
    writeTable(path, everyType, everyTypeColumns);
    const show = reader.language === "Python" ? rowsInPython : rowsInJavaScript;
    const rows = JSON.parse(read(reader, show).replaceAll("Infinity", "inf"));
    expect(rows).toEqual(expected);
  });
});

describe("tables of several batches are read as one", () => {
  const rows = batchRows + 3;
  const run = Uint32Array.from({ length: rows }, (_, i) => i);
  const columns = {
    run,
    delayNs: Float64Array.from(run, (i) => (i - 5) * 1e6),
    outcome: Array.from(run, (i) => (i < batchRows ? "completed" : "failed")),
  };
  const { run: number, delayNs, outcome } = everyType as Required<typeof everyType>;
  const schema = { run: number, delayNs, outcome } as typeof everyType;

  test.for(tableReaders)("$name", (reader, { skip }) => {
    skip(reader.language === "Python" && !hasPython);
    writeTable(path, schema, columns);
    const inPython = `
last = (table.to_pylist()[-1].values() if hasattr(table, "to_pylist") else table.row(-1) if hasattr(table, "row") else table.fetchall()[-1])
print(*last)`;
    const inJavaScript = `
const last = ${rows - 1};
console.log(...["run", "delayNs", "outcome"].map((name) => String(table.schema ? table.getChild(name).get(last) : table.get(name, last))));`;
    const last = read(reader, reader.language === "Python" ? inPython : inJavaScript);
    expect(last.trim()).toBe(`${rows - 1} ${(rows - 6) * 1e6} failed`);
  });
});

describe("the reference tables", () => {
  const reference = join(projectRoot, "data", "reference");
  const tables = readdirSync(reference, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".arrow"))
    .map((name) => join(reference, name));
  const script = `
import sys, polars, pyarrow.ipc, duckdb
for path in sys.argv[1:]:
    table = pyarrow.ipc.open_file(path).read_all()
    table.validate(full=True)
    frame = polars.read_ipc(path, memory_map=False)
    assert frame.columns == table.column_names and frame.height == table.num_rows, path
    for name in table.column_names:
        assert frame[name].null_count() == table[name].null_count, (path, name)
        if str(table[name].type) in ("int64", "uint32", "double"):
            extremes = pyarrow.compute.min_max(table[name]).as_py()
            assert (frame[name].min(), frame[name].max()) == (extremes["min"], extremes["max"]), (path, name)
    assert duckdb.from_arrow(table).count("*").fetchone()[0] == table.num_rows, path
print(len(sys.argv) - 1)`;

  test.runIf(hasPython)("are read by pyarrow, Polars and DuckDB, with equal rows, gaps and extremes", () => {
    expect(tables.length).toBeGreaterThan(0);
    const printed = execFileSync(python, ["-c", `import pyarrow.compute\n${script}`, ...tables], {
      encoding: "utf8",
    });
    expect(Number(printed)).toBe(tables.length);
  });

  test("are read by Arrow JS, with the rows that their manifests tell of, and values in each column", () => {
    compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => zstdDecompressSync(bytes) });
    for (const path of tables.filter((table) => /\/(runs|samples)\.arrow$/.test(table))) {
      const table = tableFromIPC(readFileSync(path));
      const { runs, samples } = readManifest(dirname(path)).tables;
      expect(table.numRows, path).toBe((path.endsWith("runs.arrow") ? runs : samples).rows);
      for (const { name } of table.schema.fields) {
        const column = table.getChild(name);
        const ends = [column?.get(0), column?.get(table.numRows - 1)];
        expect(column?.nullCount, `${path} ${name}`).toBeLessThanOrEqual(table.numRows);
        if (column?.nullCount === 0) expect(ends, `${path} ${name}`).not.toContain(null);
      }
    }
  });
});
