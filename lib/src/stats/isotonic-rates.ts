/** Outcomes and trials at one level, all runs together. */
export interface PooledRate {
  readonly outcomes: number;
  readonly trials: number;
}

/**
 * Fits rates that never fall from one level to the next: the maximum-likelihood fit, by pooling neighbours that go down.
 *
 *     observed   ·    ·      ·          fitted      ·─·─·      ·
 *                  ·     ·                        ·      ·──·
 *
 * @param levels in ascending order, each with a trial
 * @returns one rate a level
 * @see https://doi.org/10.1214/aoms/1177728423 Ayer, Brunk, Ewing, Reid & Silverman (1955)
 */
export function isotonicRates(levels: readonly PooledRate[]): number[] {
  const blocks: { outcomes: number; trials: number; levels: number }[] = [];
  for (const { outcomes, trials } of levels) {
    let last = { outcomes, trials, levels: 1 };
    for (let before = blocks.at(-1); before && rate(before) > rate(last); before = blocks.at(-1)) {
      blocks.pop();
      last = {
        outcomes: before.outcomes + last.outcomes,
        trials: before.trials + last.trials,
        levels: before.levels + last.levels,
      };
    }
    blocks.push(last);
  }
  return blocks.flatMap((block) => new Array<number>(block.levels).fill(rate(block)));
}

function rate({ outcomes, trials }: PooledRate): number {
  return outcomes / trials;
}
