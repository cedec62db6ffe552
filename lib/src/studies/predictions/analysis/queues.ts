import { predictRemedy } from "../../../model/predict-remedy.ts";
import { simulateConvoyFailures } from "../../../model/simulate-convoy.ts";
import { meanOf, quantileOf, shareOf } from "../../../summary/estimate.ts";
import { intervalColumns } from "../../../summary/interval-columns.ts";
import { mainWorkers } from "../../../summary/main-workers.ts";
import { mutexConvoy } from "../../mutex-convoy/index.ts";
import { remedies } from "../../remedies/index.ts";
import { simulatedShare } from "./simulated-share.ts";

type MutexConvoyData = ReturnType<typeof mutexConvoy.load>;
type RemediesData = ReturnType<typeof remedies.load>;

export type ConvoyPrediction = ReturnType<typeof convoyPredictions>[number];
export type RemedyPrediction = ReturnType<typeof remedyPredictions>[number];

/**
 * Sets the failed rounds of those who take the fair lock on the run queue beside what the simulator says of them, by tasks ×
 * blockers, main worker count. The model knows the design and nothing that was measured.
 */
export function convoyPredictions(
  dataset: MutexConvoyData,
  where: { readonly tasks?: number; readonly blockers?: number } = {},
) {
  const workers = mainWorkers(dataset);
  const counts = mutexConvoy.counts(dataset, {
    by: ["tasks", "blockers"],
    where: { executor: "run-queue", section: "yields", lock: "fair", role: "contender", ...where },
  });
  return counts.map(({ levels: { tasks, blockers }, failed, rounds }) => {
    const shares = simulateConvoyFailures({ users: tasks, blockers, lock: "fair" }, workers);
    const { share, standardError } = simulatedShare(shares);
    return {
      tasks,
      blockers,
      runs: rounds.length,
      ...intervalColumns("failure", "Share", shareOf(failed, rounds)),
      modelShare: share,
      modelErrorShare: standardError,
    };
  });
}

const modelledRemedies = ["as-is", "async", "isolated", "chunked", "admission"] as const;

/**
 * Sets the delay of the probes beside jobs that sleep, and the jobs that are done in a second, beside what the simulator says
 * of them, by remedy. The model knows the design and nothing that was measured.
 */
export function remedyPredictions(
  dataset: RemediesData,
  wanted: readonly (typeof modelledRemedies)[number][] = modelledRemedies,
) {
  return wanted.flatMap((remedy) => {
    const cell = { job: "sleep", remedy, callers: "patient" } as const;
    const delays = remedies.delays(dataset, cell, "probe");
    if (delays.length === 0) return [];
    const predicted = predictRemedy(remedy);
    return [
      {
        remedy,
        runs: delays.length,
        ...intervalColumns("p95", "Ms", quantileOf(delays, 0.95), 1e-6),
        p95ModelMs: predicted.p95Ms,
        ...intervalColumns("jobsPerSecond", "", meanOf(remedies.throughput(dataset, cell))),
        jobsModelPerSecond: predicted.jobsPerSecond,
      },
    ];
  });
}
