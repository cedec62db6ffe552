import type { Handed } from "../../src/summary/handed.ts";
import { valueAt } from "../../src/summary/rows.ts";
import type { TemplateStudyData, Wait } from "./analysis.ts";

/** Names the numbers that prose cites; null where a scenario was not measured. */
export function templateStudyValues(dataset: TemplateStudyData, waits: readonly Wait[]): Handed {
  return {
    runs: dataset.manifest.runs.valid,
    waitNoneMs: valueAt(waits, { held: "none" }, "p95Ms"),
    waitOneMs: valueAt(waits, { held: "one" }, "p95Ms"),
    waitAllMs: valueAt(waits, { held: "all" }, "p95Ms"),
  };
}
