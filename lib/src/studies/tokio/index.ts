import { defineStudy } from "../study.ts";
import { busyBesideTokio } from "./analysis/busy.ts";
import { delaysBesideTokio } from "./analysis/delays.ts";
import { failuresBesideTokio } from "./analysis/failures.ts";
import { publishedTokio } from "./analysis/published.ts";
import { tokioBesideTable, tokioReasonsTable } from "./analysis/tables.ts";
import { tokioFailureGaps, tokioMultiples } from "./figures.ts";
import { tokioValues } from "./values.ts";

/** What was published of Tokio, beside what was measured here. */
export const tokio = defineStudy({
  name: "tokio",
  claims: [],
  busy: busyBesideTokio,
  delays: delaysBesideTokio,
  failures: failuresBesideTokio,
  table: tokioBesideTable,
  reasons: tokioReasonsTable,
  published: publishedTokio,
  values: tokioValues,
  figures: { failureGaps: tokioFailureGaps, multiples: tokioMultiples },
});
