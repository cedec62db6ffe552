import type { DesignPart } from "../design/experiment.ts";
import { type Plan, replicateSeed } from "../harness/plan.ts";
import { cellKey } from "../tables/cell-key.ts";
import { columnOf } from "../tables/column-of.ts";
import type { Manifest } from "../tables/manifest.ts";
import type { ReadTable } from "../tables/read-table.ts";

/**
 * Checks what holds of every design, declared or not: runs are numbered by their place in the order, blocks are done one
 * after another and hold a scenario's replicates evenly spread, and scenarios are of the levels that the factors have.
 *
 * @param design the design as the tables have it
 */
export function checkEarlierDesign(
  manifest: Manifest,
  { rows, columns }: ReadTable,
  design: readonly DesignPart[],
): string[] {
  const { factors, blocks, parts } = manifest.parameters;
  const planned = parts.reduce((sum, { scenarios, replicates }) => sum + scenarios * replicates, 0);
  const most = Math.max(0, ...parts.map(({ replicates }) => replicates));
  const problems =
    blocks === most ? [] : [`manifest says parameters.blocks is ${blocks}; derived again it is ${most}`];
  const [run, order, block] = ["run", "order", "block"].map((name) =>
    Array.from(columnOf(columns, name), Number),
  ) as [number[], number[], number[]];
  const misplaced = order.findIndex(
    (place, row) =>
      place !== run[row] ||
      place >= planned ||
      (row > 0 && place <= (order[row - 1] as number)) ||
      (block[row] as number) >= blocks ||
      (row > 0 && (block[row] as number) < (block[row - 1] as number)),
  );
  if (misplaced !== -1) {
    problems.push(
      `run ${run[misplaced]} has order ${order[misplaced]} and block ${block[misplaced]}; runs of ${blocks} blocks are numbered in their order, from 0 to ${planned - 1}`,
    );
  }
  for (const [name, levels] of Object.entries(factors)) {
    const strange = Array.from(columnOf(columns, name) as Iterable<string | number>).find(
      (level) => !levels.includes(level),
    );
    if (strange !== undefined) {
      problems.push(
        `factor ${name} has no level ${strange}, which some run has; it has ${levels.join(", ")}`,
      );
    }
  }
  return [...problems, ...checkSpread(manifest, { rows, columns }, design)];
}

/** The replicates of one scenario are spread over the blocks from one place on. */
function checkSpread(
  { seed, experiment, parameters }: Manifest,
  { rows, columns }: Pick<ReadTable, "rows" | "columns">,
  design: readonly DesignPart[],
): string[] {
  const factors = Object.keys(parameters.factors);
  const [part, seeds, block] = ["part", "seed", "block"].map((name) => columnOf(columns, name));
  const byCell = Map.groupBy(
    Array.from({ length: rows }, (_, row) => row),
    (row) =>
      cellKey(
        part?.[row],
        Object.fromEntries(factors.map((factor) => [factor, columnOf(columns, factor)[row]])),
        factors,
      ),
  );
  return design.flatMap(({ name, scenarios, replicates }) => {
    const { length } = scenarios;
    const blockAt = (replicate: number, place: number) =>
      Math.floor(((replicate * length + place) * parameters.blocks) / (replicates * length));
    const odd = scenarios.find((scenario) => {
      const replicateOf = new Map(
        Array.from({ length: replicates }, (_, replicate) => [
          replicateSeed(seed, experiment, name, scenario, replicate),
          replicate,
        ]),
      );
      const own = byCell.get(cellKey(name, scenario, factors)) ?? [];
      return !Array.from({ length }, (_, place) => place).some((place) =>
        own.every((row) => {
          const replicate = replicateOf.get(Number(seeds?.[row]));
          return replicate === undefined || blockAt(replicate, place) === block?.[row];
        }),
      );
    });
    return odd === undefined
      ? []
      : [
          `${name} ${Object.values(odd).join(" ")}: its replicates are not spread over the blocks of a design`,
        ];
  });
}

/** The runs as a plan of their own: in their order, and no others. */
export function measuredPlan(
  { parameters, replication }: Manifest,
  { rows, columns }: ReadTable,
  design: readonly DesignPart[],
): Plan {
  const factors = Object.keys(parameters.factors);
  const numberAt = (name: string, row: number) => Number(columnOf(columns, name)[row]);
  const jobs = Array.from({ length: rows }, (_, row) => ({
    run: numberAt("run", row),
    block: numberAt("block", row),
    order: numberAt("order", row),
    seed: numberAt("seed", row),
    part: String(columnOf(columns, "part")[row]),
    scenario: Object.fromEntries(
      factors.map((factor) => [factor, columnOf(columns, factor)[row] as string | number]),
    ),
  }));
  // A part whose every scenario got all replicates may have been one that gets them however well it is known.
  const isFixed = (name: string) =>
    replication?.cells.every(({ part, ended }) => part !== name || ended === "capped") === true;
  return {
    parts: design.map((part) => (isFixed(part.name) ? { ...part, fixed: true } : part)),
    blocks: parameters.blocks,
    jobs: jobs.sort((a, b) => a.order - b.order),
  };
}
