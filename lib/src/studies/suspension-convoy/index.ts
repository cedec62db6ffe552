import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { suspensionCapacities, suspensionHolds } from "./analysis.ts";
import { suspensionConvoyClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { suspensionConvoyCapacity, suspensionConvoyHold } from "./figures.ts";
import { saturatingMessages } from "./run.ts";
import { suspensionConvoyValues } from "./values.ts";

export const suspensionConvoy = defineStudy({
  name: "suspension-convoy",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "row",
    rows: ({ load, consumeUs }) => {
      if (load === "streams") return { message: 180, event: 300, enrichment: 36, total: 1 };
      const messages = saturatingMessages(Number(consumeUs) / 1000);
      return { message: messages, event: messages, total: 1 };
    },
    words: { row: ["message", "event", "enrichment", "total"] },
    notNegative: ["lockWaitNs", "handOverNs", "holdNs", "sendNs", "latencyNs", "spanNs"],
  },
  claims: suspensionConvoyClaims,
  capacities: suspensionCapacities,
  holds: suspensionHolds,
  values: suspensionConvoyValues,
  figures: { capacity: suspensionConvoyCapacity, hold: suspensionConvoyHold },
});
