import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { tokioSuspensionTimes } from "./analysis.ts";
import { tokioSuspensionConvoyClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { tokioSuspensionConvoyValues } from "./values.ts";

export const tokioSuspensionConvoy = defineStudy({
  name: "tokio-suspension-convoy",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "row",
    rows: () => ({ message: 180, event: 300, enrichment: 36 }),
    words: { row: ["message", "event", "enrichment"] },
    notNegative: ["lockWaitNs", "handOverNs", "holdNs", "sendNs", "latencyNs"],
  },
  claims: tokioSuspensionConvoyClaims,
  times: tokioSuspensionTimes,
  values: tokioSuspensionConvoyValues,
  figures: {},
});
