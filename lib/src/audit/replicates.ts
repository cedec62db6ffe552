import type { DesignPart } from "../design/experiment.ts";
import { replicateSeed } from "../harness/plan.ts";
import { cellKey } from "../tables/cell-key.ts";
import { columnOf } from "../tables/column-of.ts";
import type { Manifest } from "../tables/manifest.ts";
import type { Columns } from "../tables/schema.ts";

type Levels = Readonly<Record<string, string | number>>;

interface Cell {
  readonly part: string;
  readonly levels: Levels;
  readonly seeds: number[];
  valid: number;
}

/**
 * Compares the runs of an experiment with its declared design and with what the manifest says of replicates that were
 * not needed: every scenario, as often as it was due, each with the seed that follows from the campaign's.
 *
 * @param design the declared design of the manifest's profile at its worker counts
 * @returns one message a difference
 */
export function checkReplicates(manifest: Manifest, runs: Columns, design: readonly DesignPart[]): string[] {
  const factors = Object.keys(manifest.parameters.factors);
  const found = cellsOf(runs, factors);
  const kept = design
    .filter(({ replicates }) => replicates > 0)
    .map(({ name, scenarios, replicates }) => ({
      name,
      replicates,
      scenarios: scenarios.filter((scenario) => isKept(scenario, manifest)),
    }));
  const known = new Set<string>();
  const problems = kept.flatMap(({ name, scenarios, replicates }) =>
    scenarios.flatMap((levels) => {
      const key = cellKey(name, levels, factors);
      known.add(key);
      return checkCell(manifest, { part: name, levels, cap: replicates }, found.get(key), factors);
    }),
  );
  const strays = [...found].filter(([key]) => !known.has(key)).map(([, cell]) => cell);
  return [...problems, ...strays.map((cell) => `${describe(cell)} is not in the declared design`)];
}

/**
 * The design as the tables have it: the scenarios of each part, as often as the manifest says they were due.
 */
export function measuredDesign({ parameters }: Manifest, runs: Columns): DesignPart[] {
  const cells = [...cellsOf(runs, Object.keys(parameters.factors)).values()];
  return parameters.parts.map(({ name, replicates }) => ({
    name,
    scenarios: cells.filter(({ part }) => part === name).map(({ levels }) => levels),
    replicates,
  }));
}

interface Due {
  readonly part: string;
  readonly levels: Levels;
  readonly cap: number;
}

function checkCell(
  manifest: Manifest,
  due: Due,
  cell: Cell | undefined,
  factors: readonly string[],
): string[] {
  const key = cellKey(due.part, due.levels, factors);
  if (manifest.sequential) {
    const planned = manifest.sequential.cells.find(
      ({ part, levels }) => cellKey(part, levels, factors) === key,
    );
    return checkRuns(manifest, due, cell, planned?.runs ?? 0);
  }
  const record = manifest.replication?.cells.find(
    ({ part, levels }) => cellKey(part, levels, factors) === key,
  );
  if (manifest.replication && !record) return [`${describe(due)}: the manifest does not say how it ended`];
  const rule = manifest.replication;
  const isPrecise =
    rule && record && record.valid >= rule.minimum && (record.precision ?? Infinity) <= rule.within;
  if (record?.ended === "precise" && !isPrecise)
    return [`${describe(due)}: ended as precise at ${record.precision} with ${record.valid} valid runs`];
  const expected = record?.ended === "precise" ? record.runs : due.cap;
  const problems = checkRuns(manifest, due, cell, expected);
  if (problems.length === 0 && record && record.valid !== cell?.valid)
    return [`${describe(due)}: ${cell?.valid} valid runs, not ${record.valid}`];
  return problems;
}

function checkRuns(manifest: Manifest, due: Due, cell: Cell | undefined, expected: number): string[] {
  const runs = cell?.seeds.length ?? 0;
  if (runs !== expected) return [`${describe(due)}: ${runs} of ${expected} replicates`];
  const seeds = Array.from({ length: runs }, (_, replicate) =>
    replicateSeed(manifest.seed, manifest.experiment, due.part, due.levels, replicate),
  );
  const strange = cell?.seeds.filter((seed) => !seeds.includes(seed)) ?? [];
  return strange.length === 0 && new Set(cell?.seeds).size === runs
    ? []
    : [`${describe(due)}: seeds do not follow from the campaign's seed ${manifest.seed}`];
}

function cellsOf(runs: Columns, factors: readonly string[]): Map<string, Cell> {
  const levelColumns = factors.map((factor) => columnOf(runs, factor));
  const [parts, seeds, valid] = ["part", "seed", "valid"].map((name) => columnOf(runs, name));
  const cells = new Map<string, Cell>();
  for (const [row, seed] of Array.from(seeds as ArrayLike<number>).entries()) {
    const levels = Object.fromEntries(
      factors.map((factor, i) => [factor, levelColumns[i]?.[row] as string | number]),
    );
    const part = String(parts?.[row]);
    const key = cellKey(part, levels, factors);
    const cell = cells.get(key) ?? { part, levels, seeds: [], valid: 0 };
    cell.seeds.push(seed);
    if (valid?.[row] === true) cell.valid++;
    cells.set(key, cell);
  }
  return cells;
}

function isKept(scenario: Levels, { parameters: { restriction } }: Manifest): boolean {
  return Object.entries(restriction).every(([factor, levels]) => levels.includes(scenario[factor] ?? ""));
}

function describe({ part, levels }: { readonly part: string; readonly levels: Levels }): string {
  return `${part} ${Object.values(levels).join(" ")}`;
}
