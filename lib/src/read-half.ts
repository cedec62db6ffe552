/** What the read half of a study is made with: `scheduling-safety/study`. */
export type { Figure } from "./drawing/figure.ts";
export { type IntervalSeries, intervalSeries } from "./drawing/interval-series.ts";
export { axis, logAxis, type SeriesStyle, seriesStyle } from "./drawing/theme.ts";
export type { Claim } from "./ledger/claim.ts";
export { allOf, atLeast, atMost, type Judgement, undecided, within } from "./ledger/judge.ts";
export { entryBeside } from "./measure/entry-beside.ts";
export { defineStudy, type Study, type StudyReport } from "./studies/study.ts";
export { type Cell, cells } from "./summary/cells.ts";
export {
  differenceOf,
  type Estimate,
  factorOf,
  meanFactorOf,
  meanOf,
  missing,
  quantileOf,
  type Runs,
  shareAboveOf,
  shareDifferenceOf,
  shareOf,
  tailRatioOf,
} from "./summary/estimate.ts";
export type { Handed } from "./summary/handed.ts";
export { intervalColumns } from "./summary/interval-columns.ts";
export { readable } from "./summary/readable.ts";
export { levelsOf, rowsOf, valueAt } from "./summary/rows.ts";
export type { Dataset } from "./tables/load.ts";
