/** A reader of tables that nobody here wrote, and the line that makes a table with it. */
export interface TableReader {
  readonly name: string;
  readonly language: "Python" | "JavaScript";
  /** What the line needs, as a program begins. */
  readonly imports: string;
  /** Reads `samples.arrow` of the working directory. */
  readonly line: string;
}

/** How to read our tables elsewhere: the data dictionary shows these lines, and a test runs them. */
export const tableReaders: readonly TableReader[] = [
  {
    name: "pyarrow",
    language: "Python",
    imports: "import pyarrow.ipc",
    line: 'pyarrow.ipc.open_file("samples.arrow").read_all()',
  },
  {
    name: "Polars",
    language: "Python",
    imports: "import polars",
    line: 'polars.read_ipc("samples.arrow", memory_map=False)',
  },
  {
    name: "DuckDB",
    language: "Python",
    imports: "import duckdb, pyarrow.ipc",
    line: 'duckdb.from_arrow(pyarrow.ipc.open_file("samples.arrow").read_all())',
  },
  {
    name: "Arrow JS",
    language: "JavaScript",
    imports:
      'import { readFileSync } from "node:fs"; import { zstdDecompressSync } from "node:zlib"; import * as arrow from "apache-arrow"; arrow.compressionRegistry.set(arrow.CompressionType.ZSTD, { decode: (bytes) => zstdDecompressSync(bytes) });',
    line: 'arrow.tableFromIPC(readFileSync("samples.arrow"))',
  },
  {
    name: "Arquero",
    language: "JavaScript",
    imports:
      'import { readFileSync } from "node:fs"; import { zstdDecompressSync } from "node:zlib"; import * as arrow from "@uwdata/flechette"; import * as aq from "arquero"; arrow.setCompressionCodec(arrow.CompressionType.ZSTD, { encode: () => { throw new Error("reads only"); }, decode: (bytes) => zstdDecompressSync(bytes) });',
    line: 'aq.fromArrow(readFileSync("samples.arrow"))',
  },
];
