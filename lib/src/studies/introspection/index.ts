import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { instrumentVerdicts } from "./analysis/instrument-verdicts.ts";
import { taskTimes } from "./analysis/task-times.ts";
import { workerTimes } from "./analysis/worker-times.ts";
import { introspectionClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { introspectionRatio, introspectionSight } from "./figures.ts";
import { introspectionValues } from "./values.ts";

export const introspection = defineStudy({
  name: "introspection",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "kind",
    rows: ({ blockers, workers }) => ({
      probe: 50,
      blocker: Number(blockers),
      worker: Number(workers),
      main: 1,
      pool: 1,
    }),
    words: { kind: ["probe", "blocker", "worker", "main", "pool"] },
    notNegative: ["busyNs", "blockedNs", "longestHoldNs", "wallNs", "cpuNs", "utilization"],
  },
  claims: introspectionClaims,
  instruments: instrumentVerdicts,
  tasks: taskTimes,
  workers: workerTimes,
  values: introspectionValues,
  figures: { ratio: introspectionRatio, sight: introspectionSight },
});
