import { existsSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { parseJson } from "../measure/parse-json.ts";
import { anyReferenceFolder, dataFolder } from "./data-folder.ts";
import { readText } from "./regular-file.ts";
import { writeAtomically } from "./write-atomically.ts";

/** Folder, beside the experiments of a data set, of what `make bench` measured. */
export const benchFolder = "bench";
const resultsFile = "results.json";

const name = v.pipe(v.string(), v.nonEmpty());
const amount = v.pipe(v.number(), v.finite(), v.minValue(0));
const share = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1)));

const schema = v.strictObject({
  date: v.pipe(v.string(), v.isoDate()),
  /** As manifests have it. */
  host: name,
  cpuModel: name,
  cores: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  node: name,
  /** Share of the machine's CPU time that went elsewhere meanwhile, the programs under comparison left out; null where unknown. */
  otherCpuShare: share,
  stealShare: share,
  rows: v.array(
    v.strictObject({
      /** What is done, such as "grouped-quantiles". */
      stage: name,
      /** Who does it; ours, or a named rival. */
      candidate: name,
      ours: v.boolean(),
      size: v.pipe(v.number(), v.finite(), v.gtValue(0)),
      sizeUnit: name,
      cost: amount,
      costUnit: name,
      /** Greatest memory of the process (MiB), where it has one of its own. */
      memoryMiB: v.nullable(amount),
    }),
  ),
});

/** What each stage of the work costs at several sizes, beside who else does it, on one host. */
export type BenchResults = v.InferOutput<typeof schema>;
export type BenchRow = BenchResults["rows"][number];

/**
 * Loads what `make bench` measured; null where it was not run.
 *
 * @param folder a data set, by default the one that notebooks read; the reference hosts share what one of them measured, since
 *   what counts are ratios within one run
 * @throws {DataError} when what lies there is damaged, or no file.
 */
export function loadBench(folder: string = dataFolder()): BenchResults | null {
  const path = join(anyReferenceFolder(benchFolder, folder), resultsFile);
  if (!existsSync(path)) return null;
  const source = { noun: "bench", path, remedy: "measure again with `make bench`" };
  return parseJson(readText(path, source.noun, source.remedy), schema, source);
}

/** Writes results into a data set. */
export function writeBench(folder: string, results: BenchResults): void {
  writeAtomically(
    join(folder, benchFolder, resultsFile),
    `${JSON.stringify(v.parse(schema, results), null, 1)}\n`,
  );
}
