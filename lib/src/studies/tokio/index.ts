import { defineStudy } from "../study.ts";
import { busyBesideTokio } from "./analysis/busy-beside-tokio.ts";
import { delaysBesideTokio } from "./analysis/delays-beside-tokio.ts";
import { failuresBesideTokio } from "./analysis/failures-beside-tokio.ts";
import { tokioBesideTable, tokioReasonsTable } from "./analysis/tokio-beside-table.ts";
import { tokioFailureGaps, tokioMultiples } from "./figures.ts";
import { publishedTokio } from "./published-tokio.ts";
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
