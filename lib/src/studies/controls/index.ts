import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { clockAgreement } from "./analysis/clock-agreement.ts";
import { earlyTimers } from "./analysis/early-timers.ts";
import { noDifference } from "./analysis/no-difference.ts";
import { noiseSteps } from "./analysis/noise-steps.ts";
import { orderEffects } from "./analysis/order-effects.ts";
import { recordingCost } from "./analysis/recording-cost.ts";
import { timerFloor } from "./analysis/timer-floor.ts";
import { warmUp } from "./analysis/warm-up.ts";
import { controlsClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { controlsLabels, controlsSteps } from "./figures.ts";
import { controlsValues } from "./values.ts";

export const controls = defineStudy({
  name: "controls",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  claims: controlsClaims,
  clocks: clockAgreement,
  earlyTimers,
  noDifference,
  noiseSteps,
  orderEffects,
  recordingCost,
  timerFloor,
  warmUp,
  values: controlsValues,
  figures: { labels: controlsLabels, steps: controlsSteps },
});
