import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { suspensionCapacities, suspensionHolds } from "./analysis.ts";
import { suspensionConvoyClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { suspensionConvoyCapacity, suspensionConvoyHold } from "./figures.ts";
import { suspensionConvoyValues } from "./values.ts";

export const suspensionConvoy = defineStudy({
  name: "suspension-convoy",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  claims: suspensionConvoyClaims,
  capacities: suspensionCapacities,
  holds: suspensionHolds,
  values: suspensionConvoyValues,
  figures: { capacity: suspensionConvoyCapacity, hold: suspensionConvoyHold },
});
