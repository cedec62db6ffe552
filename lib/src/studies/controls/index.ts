import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { agedProcesses } from "./analysis/aged-processes.ts";
import { mainCollections, runCollections } from "./analysis/collections.ts";
import { earlyTimers, timerFloor, warmUp } from "./analysis/idle-probes.ts";
import { clockAgreement, recordingCost } from "./analysis/instrument.ts";
import { noDifference } from "./analysis/no-difference.ts";
import { noiseSteps } from "./analysis/noise-steps.ts";
import { orderEffects } from "./analysis/order-effects.ts";
import { controlsClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { controlsLabels, controlsSteps } from "./figures.ts";
import { type ControlsScenario, sleepsOf } from "./run.ts";
import { controlsValues } from "./values.ts";

export const controls = defineStudy({
  name: "controls",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    kind: "kind",
    rows: (scenario) => {
      const sleeps = sleepsOf({ program: scenario["program"] as ControlsScenario["program"] });
      return sleeps > 0 ? { overhead: Number(scenario["tasks"]) * sleeps } : {};
    },
    words: { kind: ["overhead", "yields", "round-trip", "kernel-wait", "collection"] },
    notNegative: ["thereNs"],
  },
  claims: controlsClaims,
  aged: agedProcesses,
  clocks: clockAgreement,
  earlyTimers,
  mainCollections,
  noDifference,
  noiseSteps,
  orderEffects,
  recordingCost,
  runCollections,
  timerFloor,
  warmUp,
  values: controlsValues,
  figures: { labels: controlsLabels, steps: controlsSteps },
});
