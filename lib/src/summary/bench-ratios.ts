import type { BenchResults, BenchRow } from "../tables/bench-results.ts";

/** Our cost and a rival's, of one stage at one size. */
export interface BenchRatio {
  readonly stage: string;
  readonly size: number;
  readonly sizeUnit: string;
  readonly ours: string;
  readonly oursCost: number;
  /** Null where nobody else was measured. */
  readonly rival: string | null;
  readonly rivalCost: number | null;
  readonly costUnit: string;
  /** Ours over the rival's: below 1, ours costs less. */
  readonly ratio: number | null;
  readonly memoryMiB: number | null;
}

/** Sets our cost of each stage and size beside every rival's, in the order measured. */
export function benchRatios({ rows }: BenchResults): BenchRatio[] {
  return rows
    .filter(({ ours }) => ours)
    .flatMap((own) => {
      const rivals = rows.filter((row) => !row.ours && row.stage === own.stage && row.size === own.size);
      return rivals.length === 0 ? [beside(own, null)] : rivals.map((rival) => beside(own, rival));
    });
}

function beside(own: BenchRow, rival: BenchRow | null): BenchRatio {
  const { stage, size, sizeUnit, cost, costUnit, memoryMiB } = own;
  return {
    stage,
    size,
    sizeUnit,
    ours: own.candidate,
    oursCost: cost,
    rival: rival?.candidate ?? null,
    rivalCost: rival?.cost ?? null,
    costUnit,
    ratio: rival && rival.cost > 0 ? cost / rival.cost : null,
    memoryMiB,
  };
}

/** How the cost of a stage grows with its size. */
export interface BenchGrowth {
  readonly stage: string;
  readonly candidate: string;
  readonly sizes: string;
  /** Slope of cost over size between least and greatest, both in logarithms: 0 is flat, 1 is proportional. */
  readonly exponent: number | null;
  readonly greatestMemoryMiB: number | null;
}

/** Tells for each candidate of each stage how its cost grows, and how much memory its greatest size took. */
export function benchGrowth({ rows }: BenchResults): BenchGrowth[] {
  const candidates = Map.groupBy(rows, ({ stage, candidate }) => `${stage} ${candidate}`);
  return [...candidates.values()].map((group) => {
    const sorted = group.toSorted((a, b) => a.size - b.size);
    const [least, greatest] = [sorted[0] as BenchRow, sorted.at(-1) as BenchRow];
    const [cost, size] = [greatest.cost / least.cost, greatest.size / least.size];
    return {
      stage: least.stage,
      candidate: least.candidate,
      sizes: `${least.size} to ${greatest.size} ${least.sizeUnit}`,
      exponent: size > 1 && cost > 0 && Number.isFinite(cost) ? Math.log(cost) / Math.log(size) : null,
      greatestMemoryMiB: greatest.memoryMiB,
    };
  });
}
