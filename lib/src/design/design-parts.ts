import type { DesignPart, Level, Scenario } from "./experiment.ts";

/** Crosses levels: every combination, the last factor varying fastest. */
export function cross(levels: Readonly<Record<string, readonly Level[]>>): Scenario[] {
  return Object.entries(levels).reduce<Scenario[]>(
    (scenarios, [factor, values]) =>
      scenarios.flatMap((scenario) => values.map((value) => ({ ...scenario, [factor]: value }))),
    [{}],
  );
}

/**
 * Makes one part of a design: a grid, the factors held fixed around it, and the one factor varied in this part.
 *
 *     around("load", cross({ blockers: [0, 3, 4] }), { probes: 50, load: "closed-loop" }, { load: ["open-loop"] }, 10)
 *     → blockers 0, 3, 4 × probes 50 × load open-loop, 10 replicates each
 */
export function around(
  name: string,
  grid: readonly Scenario[],
  fixed: Scenario,
  varied: Readonly<Record<string, readonly Level[]>>,
  replicates: number,
): DesignPart {
  const scenarios = cross(varied).flatMap((variation) =>
    grid.map((scenario) => ({ ...scenario, ...fixed, ...variation })),
  );
  return { name, scenarios, replicates };
}

/** Whole numbers from first to last, both included. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
