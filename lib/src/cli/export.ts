import { basename, join, relative } from "node:path";
import { requirePackages } from "../measure/require-packages.ts";
import { UsageError } from "../measure/study-error.ts";
import { measurementsOf } from "../studies/study.ts";
import { isUnmeasured } from "../tables/load.ts";
import { exportParquet } from "../tables/parquet/export-parquet.ts";
import { dataSetFolder, dataSetsOfHosts, requireEvidence } from "./chosen-data-set.ts";
import { outputFolder } from "./chosen-output.ts";
import type { CliContext, RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";

interface ExportOptions {
  readonly out: string;
  readonly hosts?: string;
}

/** Adds `export`: Parquet files of data sets, partitioned by experiment and host. */
export const registerExport: RegisterCommand = (program, context) => {
  program
    .command("export")
    .description("write data sets as Parquet, partitioned by experiment and host, for DuckDB and Polars")
    .argument("[folder]", "folder of a data set; by default the one notebooks read")
    .option("--hosts <folder>", "every data set below this folder, one a host")
    .requiredOption("--out <folder>", "where the Parquet files go")
    .addHelpText(
      "after",
      examples(
        ["export /tmp/mine --out /tmp/parquet", "one host's"],
        ["export --hosts /tmp/fleet --out /tmp/parquet", "a fleet's"],
      ),
    )
    .action(async (folder: string | undefined, { hosts, out }: ExportOptions) => {
      if (folder !== undefined && hosts !== undefined)
        throw new UsageError("export takes a folder or --hosts, not both; leave one out");
      const target = outputFolder(out);
      requirePackages("writing Parquet", ["hyparquet-writer"]);
      const folders =
        hosts === undefined ? [dataSetFolder("folder", folder, context)] : dataSetsOfHosts(hosts, context);
      await exportAll(folders, target, context);
      requireEvidence(folders, context);
    });
};

/** One experiment of one host after the other, so that memory does not grow with their number. */
async function exportAll(
  folders: readonly string[],
  out: string,
  { studies, print }: CliContext,
): Promise<void> {
  for (const folder of folders) {
    for (const study of studies) {
      // Of the main reference host, what only another one has measured is that one's.
      if (isUnmeasured(join(folder, study.name))) continue;
      for (const data of measurementsOf([study], folder)) {
        for (const { path, rows, bytes } of await exportParquet(data, basename(folder), out))
          print(`${relative(out, path)}: ${rows} rows, ${(bytes / 2 ** 20).toFixed(1)} MiB`);
      }
    }
  }
}
