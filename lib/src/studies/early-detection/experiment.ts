import { around, cross, range } from "../../design/design-parts.ts";
import { type DesignPart, defineExperiment, type Profile } from "../../design/experiment.ts";
import { defaultWorkerCounts } from "../../design/worker-counts.ts";
import {
  countServiceFailures,
  response,
  runService,
  type ServiceScenario,
  serviceMs,
} from "../http-service/experiment.ts";

/** Declares the sweep of the untreated web service on pools of several sizes, the smallest of them one thread. */
export function experiment(workerCounts: readonly number[] = smallAnd(defaultWorkerCounts())) {
  return defineExperiment({
    name: "early-detection",
    question: "How much earlier does a small pool show that a service blocks its workers?",
    factors: {
      workers: { unit: "1", meaning: "threads in the pool", levels: workerCounts },
      connections: {
        unit: "1",
        meaning: "concurrent connections; each sends when its last answer came",
        levels: range(1, mostConnections),
      },
    },
    response,
    primary: { rule: "failureRate", count: countServiceFailures },
    design: (profile) => design(profile, workerCounts),
    expectedMs: () => serviceMs(untreated),
    run: (pool, seed) => runService({ ...pool, ...untreated }, seed),
  });
}

type Pool = Pick<ServiceScenario, "workers" | "connections">;

const untreated = { treatment: "as-is", load: "closed-loop", retries: 0 } as const;
const mostConnections = 50;

function smallAnd(workerCounts: readonly number[]): readonly number[] {
  return [...new Set([1, 2, ...workerCounts])].sort((a, b) => a - b);
}

function design(profile: Profile, workerCounts: readonly number[]): readonly DesignPart<Pool>[] {
  const sweep = (perWorker: readonly number[]): Pool[] =>
    workerCounts.flatMap((workers) =>
      cross({ workers: [workers], connections: connectionsOf(workers, perWorker) }),
    );
  switch (profile) {
    case "smoke":
      return [around("base", sweep([4]).slice(0, 1), {}, {}, 1)];
    case "quick":
      return [around("base", sweep([1.5, 3]), {}, {}, 2)];
    case "full":
      return [around("base", sweep([1, 1.5, 2, 2.5, 3, 4]), {}, {}, 6)];
  }
}

/** Connections per worker, where the knee is looked for: whole connections, each once. */
function connectionsOf(workers: number, perWorker: readonly number[]): readonly number[] {
  const all = perWorker.map((each) => Math.min(mostConnections, Math.ceil(each * workers)));
  return [...new Set(all)];
}
