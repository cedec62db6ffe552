import { requestsPerClient } from "../../design/closed-clients.ts";
import { entryBeside } from "../../measure/entry-beside.ts";
import { defineStudy } from "../study.ts";
import { tokioRequestFailures } from "./analysis.ts";
import { tokioRequestsClaims } from "./claims.ts";
import { experiment } from "./experiment.ts";
import { tokioRequestsPlacement } from "./figures.ts";
import { tokioRequestsValues } from "./values.ts";

export const tokioRequests = defineStudy({
  name: "tokio-requests",
  module: entryBeside(import.meta.url, "experiment"),
  experiment,
  sampleRules: {
    rows: ({ clients }) => ({ "": Number(clients) * requestsPerClient }),
    words: { outcome: ["completed", "timed-out"] },
    notNegative: ["latencyUs", "timedUs", "waitUs"],
  },
  claims: tokioRequestsClaims,
  failures: tokioRequestFailures,
  values: tokioRequestsValues,
  figures: { placement: tokioRequestsPlacement },
});
