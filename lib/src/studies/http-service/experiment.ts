import { around, cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import { mainWorkerCount } from "../../tables/main-workers.ts";
import { countServiceFailures, runService, type ServiceScenario, serviceLoads, serviceMs } from "./run.ts";
import { response } from "./samples.ts";
import { type Treatment, treatments } from "./service.ts";

export { countServiceFailures, runService, type ServiceScenario, serviceMs } from "./run.ts";
export { response } from "./samples.ts";

/** Declares the web service under load for the given worker counts, of which it measures one. */
export function experiment(workerCounts: readonly number[] = defaultWorkerCounts()) {
  const workers = mainWorkerCount(workerCounts);
  return defineExperiment({
    name: "http-service",
    question:
      "What does a web service lose when some requests block its pool, what helps, and does it recover when the load falls?",
    factors: {
      treatment: {
        unit: "",
        meaning:
          "as-is; offloaded: the blocking path on a pool of its own; abort-queued: Piscina's signal aborts tasks that are queued at the deadline; skip-expired: workers give expired tasks back",
        levels: treatments,
      },
      workers: { unit: "1", meaning: "threads in each pool", levels: [workers] },
      load: {
        unit: "",
        meaning:
          "closed-loop: connections that send when their last answer came; fixed-rate: intended starts; burst: a fixed rate that rises to 12 connections' worth for a second and falls again",
        levels: serviceLoads,
      },
      connections: {
        unit: "1",
        meaning:
          "concurrent connections; at a fixed rate, as many requests (40/s each) as that many unhindered connections send",
        levels: range(1, 50),
      },
      retries: {
        unit: "1",
        meaning: "how often a client sends a failed request again, at once",
        levels: [0, 2],
      },
    },
    response,
    primary: { rule: "failureRate", count: countServiceFailures },
    design: (profile) => design(profile, workers),
    expectedMs: serviceMs,
    run: runService,
  });
}

function design(profile: Profile, workers: number): readonly DesignPart<ServiceScenario>[] {
  const grid = (treatment: readonly Treatment[], connections: readonly number[]) =>
    cross({ treatment, workers: [workers], connections });
  const steady = (load: ServiceScenario["load"]) => ({ load, retries: 0 });
  switch (profile) {
    case "smoke":
      return [around("base", grid(["as-is"], [30]), steady("closed-loop"), {}, 1)];
    case "quick":
      return [
        around("base", [...grid(["as-is"], [8]), ...grid(treatments, [30])], steady("closed-loop"), {}, 2),
        around("burst", grid(["as-is", "abort-queued"], [4]), { load: "burst" }, { retries: [2] }, 1),
      ];
    case "full":
      return [
        around(
          "base",
          [...grid(["as-is"], [4, 8, 20]), ...grid(treatments, [15, 30, 50])],
          steady("closed-loop"),
          {},
          5,
        ),
        around(
          "load",
          [...grid(["as-is"], [5, 6, 7]), ...grid(treatments, [10])],
          steady("fixed-rate"),
          {},
          5,
        ),
        around("burst", grid(["as-is", "abort-queued"], [4]), { load: "burst" }, { retries: [0, 2] }, 5),
      ];
  }
}
