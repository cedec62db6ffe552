import type { SimulatedCoverage } from "../tables/simulated-coverage.ts";

/** Sets beside each other which share of nominal 95 % intervals holds the truth after 5, 7, 10 and 20 runs of a design. */
export function coverageByRuns({ "few-runs": rows }: SimulatedCoverage) {
  return byDesign(rows).map((own) => {
    const after = (runs: number) => own.find((row) => row.runs === runs)?.coverage ?? null;
    return {
      ...named(own),
      fiveRunsShare: after(5),
      sevenRunsShare: after(7),
      tenRunsShare: after(10),
      twentyRunsShare: after(20),
    };
  });
}

/**
 * Tells what stopping costs: the share of intervals that hold the truth with all runs, where the rule may end a series, and in those
 * series alone that it ended, which an average hides.
 */
export function stoppingCosts({ stopping }: SimulatedCoverage) {
  return byDesign(stopping).map((own) => {
    const of = (rule: RegExp) => own.find(({ runs }) => rule.test(String(runs)));
    const [always, stopped, early] = [of(/^always/), of(/^stopped/), of(/^those/)];
    return {
      ...named(own),
      alwaysShare: always?.coverage ?? null,
      stoppedShare: stopped?.coverage ?? null,
      endedEarlyShare: stopped && early ? early.experiments / stopped.experiments : 0,
      ofThoseShare: early?.coverage ?? null,
    };
  });
}

/** Tells how often `decide` gives a wrong verdict on a simulated design whose truth lies at the margin. */
export function wrongVerdicts({ decide }: SimulatedCoverage) {
  return decide.map(({ design, response, holds, fails, meanRuns }) => ({
    design,
    response,
    wronglyHoldsShare: holds,
    wronglyFailsShare: fails,
    meanRuns,
  }));
}

type Row = SimulatedCoverage["stopping"][number];

function byDesign(rows: readonly Row[]): Row[][] {
  return [...Map.groupBy(rows, ({ design, response }) => JSON.stringify([design, response])).values()];
}

function named([first]: readonly Row[]) {
  return { design: first?.design ?? "", response: first?.response ?? "" };
}
