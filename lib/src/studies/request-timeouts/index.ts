import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { failureRates, failureVictims, requestLatencies } from "./analysis.ts";
import { failureClaims, kneeClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import {
  requestTimeoutsFailures,
  requestTimeoutsLatency,
  requestTimeoutsOpenLoop,
  requestTimeoutsVictims,
} from "./figures.ts";
import { requestValues } from "./values.ts";

export const requestTimeouts = defineStudy({
  name: "request-timeouts",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  claims: [...kneeClaims, ...failureClaims],
  rates: failureRates,
  victims: failureVictims,
  latencies: requestLatencies,
  values: requestValues,
  figures: {
    failures: requestTimeoutsFailures,
    latency: requestTimeoutsLatency,
    openLoop: requestTimeoutsOpenLoop,
    victims: requestTimeoutsVictims,
  },
});
