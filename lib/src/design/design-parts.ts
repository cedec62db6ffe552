import type { Level, LevelOf } from "../tables/experiment-declaration.ts";
import type { DesignPart } from "./experiment.ts";

type Levels = Readonly<Record<string, readonly Level[]>>;

/** One level of each factor. */
type OneOf<L extends Levels> = { readonly [Factor in keyof L]: LevelOf<L[Factor][number]> };

/** Crosses levels: every combination, the last factor varying fastest. */
export function cross<const L extends Levels>(levels: L): OneOf<L>[] {
  return Object.entries(levels).reduce<OneOf<L>[]>(
    (scenarios, [factor, values]) =>
      scenarios.flatMap((scenario) => values.map((value) => ({ ...scenario, [factor]: value }))),
    [{} as OneOf<L>],
  );
}

/** A scenario with the levels of some factors fixed or varied. */
type Around<S, Fixed, V extends Levels> = Omit<S, keyof Fixed | keyof V> & Omit<Fixed, keyof V> & OneOf<V>;

/**
 * Makes one part of a design: a grid, the factors held fixed around it, and the one factor varied in this part.
 *
 *     around("load", cross({ blockers: [0, 3, 4] }), { probes: 50, load: "closed-loop" }, { load: ["open-loop"] }, 10)
 *     → blockers 0, 3, 4 × probes 50 × load open-loop, 10 replicates each
 */
export function around<S extends object, const Fixed extends object, const V extends Levels>(
  name: string,
  grid: readonly S[],
  fixed: Fixed,
  varied: V,
  replicates: number,
): DesignPart<Around<S, Fixed, V>> {
  const scenarios = cross(varied).flatMap((variation) =>
    grid.map((scenario) => ({ ...scenario, ...fixed, ...variation })),
  );
  return { name, scenarios, replicates };
}

/** Whole numbers from first to last, both included. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
