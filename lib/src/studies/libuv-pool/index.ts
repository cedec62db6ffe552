import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { libuvWaits } from "./analysis.ts";
import { libuvPoolClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { libuvPoolCliff, libuvPoolLookups } from "./figures.ts";
import { libuvValues } from "./values.ts";

export const libuvPool = defineStudy({
  name: "libuv-pool",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "operation",
    rows: () => ({ "fs.stat": 250, "dns.lookup": 250, "crypto.randomBytes": 250 }),
    words: { operation: ["blocker", "fs.stat", "dns.lookup", "crypto.randomBytes"] },
    notNegative: ["dueNs", "waitNs"],
  },
  claims: libuvPoolClaims,
  waits: libuvWaits,
  values: libuvValues,
  figures: { cliff: libuvPoolCliff, lookups: libuvPoolLookups },
});
