/** A question to the tables of many hosts, in the language of a query engine. */
export interface ParquetQuery {
  readonly question: string;
  readonly engine: "DuckDB" | "Polars";
  /** Lines of Python, run in the folder that was exported to; the last is an expression whose value is the answer. */
  readonly lines: readonly string[];
}

/** What can be asked of exported tables: the data dictionary shows it, and a test runs it. */
export const parquetQueries: readonly ParquetQuery[] = [
  {
    question: "p99 of the overhead by host, executor and blockers (ms)",
    engine: "DuckDB",
    lines: [
      "import duckdb",
      "",
      'duckdb.sql("""',
      "  SELECT host, executor, blockers, quantile_cont(overheadNs, 0.99) / 1e6 AS p99Ms",
      "  FROM read_parquet('samples/experiment=scheduling-delay/*/*.parquet', hive_partitioning = true)",
      "  WHERE source = 'probe' AND part = 'base'",
      "  GROUP BY ALL ORDER BY ALL",
      '""")',
    ],
  },
  {
    question: "Invalid runs of every experiment by host, and why",
    engine: "DuckDB",
    lines: [
      "import duckdb",
      "",
      'duckdb.sql("""',
      "  SELECT host, experiment, split_part(invalidReason, ':', 1) AS rule, count(*) AS runs",
      "  FROM read_parquet('runs/*/*/*.parquet', hive_partitioning = true, union_by_name = true)",
      "  WHERE NOT valid",
      "  GROUP BY ALL ORDER BY ALL",
      '""")',
    ],
  },
  {
    question: "Runs and samples of one experiment by host, read lazily",
    engine: "Polars",
    lines: [
      "import polars",
      "",
      'samples = polars.scan_parquet("samples/experiment=scheduling-delay/*/*.parquet", hive_partitioning=True)',
      'samples.group_by("host").agg(polars.col("run").n_unique().alias("runs"), polars.len().alias("samples")).sort("host").collect()',
    ],
  },
];
