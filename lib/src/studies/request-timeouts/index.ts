import { requestsPerClient } from "../../design/closed-clients.ts";
import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { failureCounts, failureRates, failureVictims, requestLatencies } from "./analysis.ts";
import { failureClaims, kneeClaims, kneeOf } from "./claims.ts";
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
  sampleRules: {
    rows: ({ clients }) => ({ "": Number(clients) * requestsPerClient }),
    words: { outcome: ["completed", "timed-out"] },
    notNegative: ["beganNs"],
  },
  claims: [...kneeClaims, ...failureClaims],
  counts: failureCounts,
  knee: kneeOf,
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
