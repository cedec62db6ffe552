import { cells } from "../../src/summary/cells.ts";
import { quantileOf, type Runs } from "../../src/summary/estimate.ts";
import { intervalColumns } from "../../src/summary/interval-columns.ts";
import type { Dataset } from "../../src/tables/load.ts";
import type { experiment } from "./experiment.ts";
import type { TemplateStudyScenario } from "./run.ts";

export type TemplateStudyData = Dataset<ReturnType<typeof experiment>>;
export type Wait = ReturnType<typeof templateStudyWaits>[number];

/** Tells how long probes waited, by how many workers were held: median and p95 in milliseconds, with 95 % intervals. */
export function templateStudyWaits(dataset: TemplateStudyData) {
  return cells(dataset, { value: "delayNs", by: ["held"] }).map(({ levels, byRun }) => ({
    ...levels,
    runs: byRun.length,
    ...intervalColumns("p50", "Ms", quantileOf(byRun, 0.5), 1e-6),
    ...intervalColumns("p95", "Ms", quantileOf(byRun, 0.95), 1e-6),
  }));
}

/** Gives the delays of the probes (ns) by run; none where the scenario was not measured. */
export function delaysWhere(dataset: TemplateStudyData, held: TemplateStudyScenario["held"]): Runs {
  return cells(dataset, { value: "delayNs", by: [], where: { held } })[0]?.byRun ?? [];
}
