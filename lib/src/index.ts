export { costAgainstSize } from "./drawing/bench-figure.ts";
export type { Figure } from "./drawing/figure.ts";
export { forestPlot } from "./drawing/forest-plot.ts";
export { axis, logAxis, seriesStyle } from "./drawing/theme.ts";
export { firstLook } from "./harness/first-look.ts";
export { claimValues } from "./ledger/claim-values.ts";
export { claimsTable, evidenceTable, marginsTable } from "./ledger/claims-table.ts";
export { compareDataSets } from "./ledger/compare-data-sets.ts";
export {
  besideTable,
  comparabilityTable,
  comparisonValues,
  contradictionsTable,
  hostsTable,
} from "./ledger/comparison-tables.ts";
export { dispatcherRuleEffect } from "./ledger/dispatcher-rule.ts";
export { forestRows } from "./ledger/hosts/forest-rows.ts";
export {
  admissionTable,
  countedHostsTable,
  factorsTable,
  hostsLedgerTable,
  refusedTable,
  spreadTable,
} from "./ledger/hosts/hosts-tables.ts";
export { hostsValues } from "./ledger/hosts/hosts-values.ts";
export { judgeHosts } from "./ledger/hosts/judge-hosts.ts";
export { handOn } from "./publish/hand-on.ts";
export { show } from "./publish/show.ts";
export { showTable } from "./publish/show-table.ts";
export * from "./studies/catalogue.ts";
export { measurementsOf } from "./studies/study.ts";
export { benchGrowth, benchRatios } from "./summary/bench-ratios.ts";
export { coverageByRuns, stoppingCosts, wrongVerdicts } from "./summary/coverage-tables.ts";
export { dispatcherRoom } from "./summary/dispatcher-room.ts";
export { hostFacts } from "./summary/host-facts.ts";
export { mainWorkers } from "./summary/main-workers.ts";
export { closingPrecision } from "./summary/precision-by-part.ts";
export { readable } from "./summary/readable.ts";
export { sideBySide } from "./summary/side-by-side.ts";
export { loadBench } from "./tables/bench-results.ts";
export { dataFolder, foldersBeside, hostFolders } from "./tables/data-folder.ts";
export { load } from "./tables/load.ts";
export { loadCoverage } from "./tables/simulated-coverage.ts";
