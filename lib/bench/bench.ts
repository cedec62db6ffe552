/**
 * Measures what each stage of the work costs at several sizes, beside named rivals on the same host, and writes the results
 * to `bench/` of the host's reference data, or of `data/local` where it has none. Each stage runs in a process of its own.
 *
 *     node lib/bench/bench.ts [full] [stage…]
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describeHost } from "../src/measure/host-description.ts";
import { projectRoot } from "../src/measure/project-root.ts";
import { watchConditions } from "../src/measure/watch-conditions.ts";
import { type BenchRow, loadBench, writeBench } from "../src/tables/bench-results.ts";
import { stageNames } from "./stage-process.ts";

const asked = process.argv.slice(2);
const scale = asked.includes("full") ? "full" : "usual";
const chosen = asked.filter((name) => name !== "full");
const unknown = chosen.find((name) => !stageNames.includes(name));
if (unknown !== undefined)
  throw new TypeError(`stage must be one of ${stageNames.join(", ")}; got ${unknown}`);

const { label, cpuModel, cores } = describeHost();
const reference = join(projectRoot, "data", "reference", label);
const folder = existsSync(reference) ? reference : join(projectRoot, "data", "local");
const conditions = await watchConditions();
const measured: BenchRow[] = [];
for (const name of chosen.length > 0 ? chosen : stageNames) {
  const rows = measure(name);
  measured.push(...rows);
  console.log(`\n${name}`);
  console.table(
    rows.map(({ stage: _, ours: __, ...row }) => ({ ...row, cost: Number(row.cost.toPrecision(3)) })),
  );
}
const { otherCpuShare, stealShare } = await conditions();
const stages = new Set(measured.map(({ stage }) => stage));
const before = loadBench(folder);
// Where this host has none yet, another reference host's may be found.
const kept = before?.host === label ? before.rows.filter(({ stage }) => !stages.has(stage)) : [];
writeBench(folder, {
  date: new Date().toISOString().slice(0, 10),
  host: label,
  cpuModel,
  cores,
  node: process.versions.node,
  otherCpuShare: otherCpuShare === null ? null : Math.min(1, Math.max(0, otherCpuShare)),
  stealShare,
  rows: [...kept, ...measured],
});

function measure(name: string): BenchRow[] {
  const entry = join(import.meta.dirname, "stage-process.ts");
  const { stdout, status } = spawnSync(process.execPath, [entry, name, scale], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`stage failed: ${name}`);
  return JSON.parse(stdout.split("\n").findLast((line) => line.startsWith("[")) ?? "[]") as BenchRow[];
}
