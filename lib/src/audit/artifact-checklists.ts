import type { BenchmarkingRule } from "./benchmarking-rules.ts";

const acm = (badge: string) => `ACM artifact badges, ${badge}`;
const sigplan = (item: string) => `SIGPLAN empirical evaluation, ${item}`;
const joss = "JOSS review checklist";
const rescience = "ReScience C";
const limits = "article/sections/limits.md";
const readme = "README.md";

/**
 * What those who review artifacts and papers tick off, and the file that proves each item.
 *
 * @see https://www.acm.org/publications/policies/artifact-review-and-badging-current
 * @see https://www.sigplan.org/Resources/EmpiricalEvaluation/
 * @see https://joss.readthedocs.io/en/latest/review_checklist.html
 * @see https://rescience.github.io/faq/
 */
export const artifactChecklists: readonly BenchmarkingRule[] = [
  {
    source: acm("available"),
    rule: "the artifact can be archived for good: licence, citation and machine-readable description",
    met: "licences of code and text, a citation file and the archives' own descriptions lie at the top",
    where: ["LICENSE", "LICENSE-CC-BY-4.0", "CITATION.cff", "codemeta.json", ".zenodo.json"],
  },
  {
    source: acm("functional"),
    rule: "documented, consistent, complete and exercisable",
    met: "two commands build and test everything from a fresh clone; every table is described",
    where: [`${readme}#make article`, `${readme}#make test`, "data/README.md", "ARCHITECTURE.md"],
  },
  {
    source: acm("reusable"),
    rule: "made so that others can build on it",
    met: "a study of one's own is one command, within the repository or outside it",
    where: ["CONTRIBUTING.md#new-study", "examples/own-service/package.json", "lib/README.md"],
  },
  {
    source: acm("results reproduced"),
    rule: "somebody else can obtain the main results with the authors' artifact",
    met: "one command rebuilds all from the data byte by byte, another measures again and judges each claim",
    where: ["Makefile#verify:", "Makefile#reproduce:", "article/SHA256SUMS"],
  },
  {
    source: sigplan("claims"),
    rule: "claims are explicit, of fitting scope, and say what they do not cover",
    met: "each claim has a predicate, a margin and an expectation in code; limits have a section of their own",
    where: ["lib/src/ledger/claim.ts", limits, "article/sections/claims.md"],
  },
  {
    source: sigplan("comparison"),
    rule: "compared fairly with an adequate baseline",
    met: "bare timers and runs without blockers stand beside every design; published values are a second witness",
    where: ["article/sections/controls.md", "lib/src/executor/bare-timer.ts", "data/published"],
  },
  {
    source: sigplan("principled measurement"),
    rule: "enough trials, fitting summaries, dispersion shown",
    met: "runs are the unit, replicates end at a precision fixed beforehand, intervals are over runs",
    where: ["lib/src/stats/precision.ts", "data/simulated/coverage.json"],
  },
  {
    source: sigplan("presentation"),
    rule: "axes and scales do not mislead, and the text claims no more precision than there is",
    met: "one theme for every figure, and digits in the text are formatted from the data",
    where: ["lib/src/drawing/theme.ts", "lib/src/publish/article/format-value.ts"],
  },
  {
    source: joss,
    rule: "a statement of need, installation, example usage, tests, and how to contribute",
    met: "said in the README, run by the tests, and told in the guide for authors",
    where: [
      `${readme}#What happens to everybody else`,
      `${readme}#You need Node.js`,
      "CONTRIBUTING.md",
      ".ci/run",
    ],
  },
  {
    source: joss,
    rule: "the state of the field is described",
    met: "what other studies and tools do, in a table with sources",
    where: ["article/sections/field.md"],
  },
  {
    source: rescience,
    rule: "a replication says what it replicates, with which differences, and whether it succeeds",
    met: "the published points stand beside ours, on Node.js and on Tokio itself",
    where: ["article/sections/tokio.md", "lib/tokio/Cargo.toml", "data/published"],
  },
];
