import type { ServiceData } from "../../../src/studies/http-service/analysis.ts";
import { experiment } from "../../../src/studies/http-service/experiment.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

export type ServedSample = Partial<SampleOf<ServiceData["declaration"]>>;

const levels = { treatment: "as-is", workers: 4, load: "closed-loop", connections: 8, retries: 0 } as const;

/** One answered request of run 1 at 0 ms that took 10 ms, and what differs. */
export function served(row: ServedSample) {
  return {
    ...levels,
    run: 1,
    request: 0,
    attempt: 0,
    blocking: false,
    beganUs: 0,
    lateUs: null,
    latencyUs: 10_000,
    outcome: "completed",
    waitUs: 0,
    heldUs: 100,
    falseTimeout: false,
    ...row,
  };
}

/** A dataset of the service under load. */
export function servedDataset(rows: readonly ServedSample[]): ServiceData {
  return datasetOf(experiment(), rows);
}
