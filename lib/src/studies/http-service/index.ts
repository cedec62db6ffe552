import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { generatorLateness, goodputOverTime, serviceRates, serviceRecovery } from "./analysis.ts";
import { httpServiceClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { httpServiceBurst, httpServiceFailures } from "./figures.ts";
import { httpServiceValues } from "./values.ts";

export { type ServiceRate, serviceRates, serviceRuns } from "./analysis.ts";

export const httpService = defineStudy({
  name: "http-service",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    words: { outcome: ["completed", "timed-out"] },
  },
  claims: httpServiceClaims,
  lateness: generatorLateness,
  goodput: goodputOverTime,
  rates: serviceRates,
  recovery: serviceRecovery,
  values: httpServiceValues,
  figures: { burst: httpServiceBurst, failures: httpServiceFailures },
});
