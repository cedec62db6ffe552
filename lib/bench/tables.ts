/**
 * Prints what it costs to read, check and judge scheduling-delay as measured and ten times as large, and what DuckDB takes
 * for the same grouped quantiles of the same file. Each in a process of its own, one after the other: compare within one run.
 *
 *     node lib/bench/tables.ts [TIMES]
 *
 * DuckDB comes with requirements-test.txt; without it only our own rows are printed. GNU time counts.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../src/measure/project-root.ts";
import { schedulingDelay } from "../src/studies/catalogue.ts";
import { enlargeTables } from "./enlarge-tables.ts";

const times = Number(process.argv[2] ?? 10);
const python = join(projectRoot, ".venv", "bin", "python");
const study = join(projectRoot, "lib", "dist", "cli", "main.js");
const grouped = join(projectRoot, "lib", "bench", "grouped-quantiles.ts");
const [host = ""] = readdirSync(join(projectRoot, "data", "reference"));
const measured = join(projectRoot, "data", "reference", host, "scheduling-delay");
const scratch = mkdtempSync(join(tmpdir(), "tables-"));

/** What ours is compared with: nearest-rank quantiles of the probes, by executor and blockers. */
const query = `
import sys, duckdb, pyarrow.ipc
runs = pyarrow.ipc.open_file(sys.argv[1] + "/runs.arrow").read_all()
samples = pyarrow.ipc.open_file(sys.argv[1] + "/samples.arrow").read_all()
duckdb.sql("""
  select executor, blockers, quantile_disc(overheadNs, 0.5), quantile_disc(overheadNs, 0.99)
  from samples join runs using (run) where valid and source = 'probe' and part = 'base' group by all order by all
""").show(max_rows=3)`;

try {
  const alone = join(scratch, "once", "scheduling-delay");
  cpSync(measured, alone, { recursive: true });
  const large = join(scratch, "often", "scheduling-delay");
  enlargeTables(measured, large, schedulingDelay.experiment(), times);
  for (const [name, folder] of [
    ["as measured", alone],
    [`× ${times}`, large],
  ] as const) {
    console.log(`scheduling-delay ${name}`);
    measure("verdicts of all claims", process.execPath, [study, "claims", join(folder, "..")]);
    const ours = measure("grouped quantiles", process.execPath, [grouped, folder]);
    if (!existsSync(python)) continue;
    const theirs = measure("the same by DuckDB", python, ["-c", query, folder]);
    console.log(`  ours over DuckDB          ${(ours / theirs).toFixed(2)} of the CPU time`);
  }
} finally {
  rmSync(scratch, { recursive: true });
}

/** Runs a command and returns its CPU time (s). */
function measure(name: string, command: string, args: readonly string[]): number {
  const { stderr, status } = spawnSync("/usr/bin/time", ["-f", "%U %S %e %M", command, ...args], {
    encoding: "utf8",
  });
  const [user = 0, system = 0, wall = 0, kilobytes = 0] = (stderr.trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map(Number);
  const ended = status === 0 ? "" : `, exit ${status}`;
  console.log(
    `  ${name.padEnd(24)} ${(user + system).toFixed(1)} CPU s, ${wall.toFixed(1)} s, ${Math.round(kilobytes / 1024)} MiB${ended}`,
  );
  return user + system;
}
