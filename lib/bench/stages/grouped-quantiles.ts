import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../src/measure/project-root.ts";
import { schedulingDelay } from "../../src/studies/catalogue.ts";
import type { BenchRow } from "../../src/tables/bench-results.ts";
import { dataFolder } from "../../src/tables/data-folder.ts";
import { canCount, costOf } from "../cost-of.ts";
import { enlargeTables } from "../enlarge-tables.ts";

const python = join(projectRoot, ".venv", "bin", "python");
const bench = join(projectRoot, "lib", "bench");

/** The same question to DuckDB: nearest-rank quantiles of the probes, by executor and blockers. */
const query = `
import sys, duckdb, pyarrow.ipc
runs = pyarrow.ipc.open_file(sys.argv[1] + "/runs.arrow").read_all()
samples = pyarrow.ipc.open_file(sys.argv[1] + "/samples.arrow").read_all()
duckdb.sql("""
  select executor, blockers, quantile_disc(overheadNs, 0.5), quantile_disc(overheadNs, 0.99)
  from samples join runs using (run) where valid and source = 'probe' and part = 'base' group by all order by all
""").show(max_rows=3)`;

/**
 * What grouped quantiles of scheduling-delay cost from disk to answer, as measured and so many times as large: ours exactly
 * and merged from a histogram a run, arquero's, and DuckDB's where Python has it. Larger than memory, only the histograms remain.
 */
export async function groupedQuantiles(sizes: readonly number[] = [1, 10]): Promise<BenchRow[]> {
  if (!canCount) return [];
  const scratch = mkdtempSync(join(tmpdir(), "bench-quantiles-"));
  try {
    const measured = join(dataFolder(), "scheduling-delay");
    return sizes.flatMap((size) => {
      const folder = join(scratch, String(size), "scheduling-delay");
      if (size === 1) cpSync(measured, folder, { recursive: true });
      else enlargeTables(measured, folder, schedulingDelay.experiment(), size);
      const own = (name: string) => [process.execPath, join(bench, `${name}.ts`), folder];
      const commands = {
        "our kits": own("grouped-quantiles"),
        "our kits, histograms": own("merged-quantiles"),
        ...(size <= most && { arquero: own("arquero-quantiles") }),
        ...(hasDuckDb() && { DuckDB: [python, "-c", query, folder] }),
      };
      const rows = Object.entries(commands).map(([candidate, command]): BenchRow => {
        const { cpuS, memoryMiB } = costOf(command);
        return {
          stage: "grouped-quantiles",
          candidate,
          ours: candidate.startsWith("our"),
          size,
          sizeUnit: "times the reference",
          cost: cpuS,
          costUnit: "CPU s",
          memoryMiB,
        };
      });
      rmSync(join(scratch, String(size)), { recursive: true });
      return rows;
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Beyond this arquero's objects no longer fit. */
const most = 10;

function hasDuckDb(): boolean {
  try {
    costOf([python, "-c", "import duckdb, pyarrow"]);
    return existsSync(python);
  } catch {
    return false;
  }
}
