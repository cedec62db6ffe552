/** One rule of the literature, in our words, and where the study meets it. */
export interface BenchmarkingRule {
  readonly source: string;
  readonly rule: string;
  readonly met: string;
  /** Files of the project, with a heading or words that must stand in them after `#`. */
  readonly where: readonly string[];
}

const hoeflerBelli = (number: number) => `Hoefler & Belli (2015), rule ${number}`;
const method = "article/sections/method.md";
const limits = "article/sections/limits.md";
const delays = "article/sections/scheduling-delay.md";

/**
 * What reviewers of measurement studies ask for.
 *
 * @see https://doi.org/10.1145/2807591.2807644 Hoefler & Belli (2015), Scientific benchmarking of parallel computing systems
 * @see https://doi.org/10.1145/2491894.2464160 Kalibera & Jones (2013), Rigorous benchmarking in reasonable time
 * @see https://www.usenix.org/conference/nsdi-06/open-versus-closed-cautionary-tale Schroeder et al. (2006)
 */
export const benchmarkingRules: readonly BenchmarkingRule[] = [
  {
    source: hoeflerBelli(1),
    rule: "name the base case of a ratio, and its absolute value",
    met: "steps and ratios stand beside both of their parts in ms, on one host",
    where: [`${delays}#no blockers`, "lib/src/studies/scheduling-delay/analysis.ts#below"],
  },
  {
    source: hoeflerBelli(2),
    rule: "say why only a part of the system or of a benchmark was used",
    met: "worker counts beyond the cores are explained; levels left out are declared in the design",
    where: [
      `${limits}#two cores`,
      "lib/src/studies/scheduling-delay/experiment.ts#One dispatcher cannot carry",
    ],
  },
  {
    source: hoeflerBelli(3),
    rule: "means summarise costs only, rates are not averaged arithmetically",
    met: "delays are told by quantiles; failure rates are counts over counts, pooled, never means of rates",
    where: ["lib/src/stats/clustered-proportion.ts", "lib/src/studies/request-timeouts/analysis.ts"],
  },
  {
    source: hoeflerBelli(4),
    rule: "ratios are not summarised; what they are made of is",
    met: "a ratio is one quantile over another with the interval of both, never a mean of ratios",
    where: ["lib/src/stats/effect-ratio.ts#MOVER", "lib/src/stats/tail-ratio.ts"],
  },
  {
    source: hoeflerBelli(5),
    rule: "tell whether data are deterministic, and give confidence intervals if not",
    met: "every estimate carries a 95 % interval over runs; the article itself is deterministic to the byte",
    where: [`${method}#95 % intervals`, "lib/src/summary/estimate.ts"],
  },
  {
    source: hoeflerBelli(6),
    rule: "do not assume normal data",
    met: "intervals of quantiles and proportions need no shape; coverage is simulated on heavy tails",
    where: ["lib/src/stats/quantile-interval.ts#Woodruff", "lib/test/stats/coverage.test.ts"],
  },
  {
    source: hoeflerBelli(7),
    rule: "compare by statistics, not by eye",
    met: "effects are ratios with intervals, cliffs have a permutation test; that two labels are the same is tested as equivalence",
    where: [
      "lib/src/stats/permutation-test.ts",
      "lib/src/stats/equivalence-test.ts",
      "lib/src/ledger/judge.ts",
    ],
  },
  {
    source: hoeflerBelli(8),
    rule: "ask whether mean or median answer the question; else other percentiles",
    met: "p50 and p99 side by side is the question itself; no quantile with fewer than 10 values beyond it",
    where: [`${delays}#Is the median blind?`, "lib/src/stats/quantile.ts#hasTail"],
  },
  {
    source: hoeflerBelli(9),
    rule: "document factors, levels and the whole set-up",
    met: "factors are declared in code, host, versions, seeds and hashes in each manifest",
    where: ["data/README.md", "lib/src/tables/manifest.ts", `${method}#Design and statistics`],
  },
  {
    source: hoeflerBelli(10),
    rule: "tell how parallel time is measured, synchronised and summarised",
    met: "one monotonic clock for all threads, stamped when due, handed over, started and ended",
    where: [`${method}#one monotonic clock`, "lib/src/measure/clock.ts"],
  },
  {
    source: hoeflerBelli(11),
    rule: "show bounds of what is possible",
    met: "the bare timer is drawn under the executors, closed forms and a simulator beside the results",
    where: [`${method}#Noise floor`, "article/sections/predictions.md"],
  },
  {
    source: hoeflerBelli(12),
    rule: "plot what is needed to judge, and join points only where between them means something",
    met: "marks with intervals, direct labels, saturation marked; lines only along an ordered factor",
    where: ["lib/src/drawing/interval-series.ts", "lib/test/studies/figures.test.ts"],
  },
  {
    source: "Kalibera & Jones (2013)",
    rule: "repeat at the level where variation arises, and as often as precision needs",
    met: "a run is a fresh process and the unit of replication; replicates end by a rule fixed beforehand",
    where: ["lib/src/stats/precision.ts#precisionRules", "lib/src/harness/replication.ts"],
  },
  {
    source: "Kalibera & Jones (2013)",
    rule: "randomise what cannot be controlled, and look for order effects and warm-up",
    met: "seeded random order within blocks; an A/A run, drift and order effects are controls",
    where: ["lib/src/harness/plan.ts#random order", "lib/src/studies/controls/experiment.ts"],
  },
  {
    source: "Schroeder et al. (2006)",
    rule: "say whether load is open or closed, and what the choice hides",
    met: "both are levels of a factor, and the article compares them",
    where: [
      "lib/src/studies/request-timeouts/experiment.ts#open-loop",
      "article/sections/request-timeouts.md#What the closed loop hides",
    ],
  },
  {
    source: "Tene (2015)",
    rule: "measure from when work was due, not from when it got round to starting",
    met: "a poll is stamped when due; open-loop latency counts from the intended start",
    where: [`${method}#when it was due`, "lib/src/executor/executor.ts"],
  },
];
