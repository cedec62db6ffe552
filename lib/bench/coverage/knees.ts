import { publishedRequests } from "../../src/model/request-load.ts";
import { sharedQueue } from "../../src/model/shared-queue.ts";
import { simulateFailures } from "../../src/model/simulate-failures.ts";
import { clusteredProportion } from "../../src/stats/clustered-proportion.ts";
import { precisionOf, precisionRules } from "../../src/stats/precision.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { type FailureLevel, thresholdCrossing } from "../../src/stats/threshold-crossing.ts";
import { type CoverageRow, Tally } from "./tally.ts";

interface Sweep {
  readonly name: string;
  readonly loop: "closed" | "open";
  readonly workers: number;
  readonly clients: readonly number[];
  /** At most so many runs a level; with the rule for failure rates, or always all of them. */
  readonly most: number;
  readonly stops: boolean;
}

/** The levels of the study's own sweeps; and levels as close as a knee asks for. */
const sweeps: readonly Sweep[] = [
  {
    name: "closed loop, 4 workers, levels of the study",
    loop: "closed",
    workers: 4,
    clients: [1, 5, 10, 12, 15, 18, 20, 25, 30, 40, 50],
    most: 20,
    stops: true,
  },
  {
    name: "open loop, 4 workers, levels of the study",
    loop: "open",
    workers: 4,
    clients: [3, 5, 6, 7, 8, 10, 15, 20],
    most: 10,
    stops: true,
  },
  {
    name: "closed loop, 4 workers, four levels",
    loop: "closed",
    workers: 4,
    clients: [4, 16, 24, 32],
    most: 7,
    stops: false,
  },
  {
    name: "closed loop, 1 worker, four levels",
    loop: "closed",
    workers: 1,
    clients: [1, 4, 6, 8],
    most: 7,
    stops: false,
  },
  {
    name: "closed loop, 4 workers, every client around the onset",
    loop: "closed",
    workers: 4,
    clients: [12, 15, 16, 17, 18, 19, 20, 21, 22, 25, 30],
    most: 10,
    stops: false,
  },
];

/** Runs simulated for each level, from which experiments draw, and for the truth. */
const replications = 400;

/** Simulates how often the knees of simulated queues are found where endlessly many runs would place them. */
export function kneeCoverage(experiments: number): CoverageRow[] {
  return sweeps.flatMap((sweep) => {
    const failed = new Map<number, number[]>();
    const runsAt = (clients: number): number[] => {
      const known = failed.get(clients) ?? failuresAt(sweep, clients);
      failed.set(clients, known);
      return known;
    };
    const thresholds = [0.05, 0.5].map((threshold) => {
      const truth = trueCrossing(sweep.clients, runsAt, threshold);
      return { threshold, truth, tally: new Tally(truth, "absolute") };
    });
    const random = seededRandom(31);
    for (let experiment = 0; experiment < experiments; experiment++) {
      const levels = sweep.clients.map((clients) => drawLevel(sweep, clients, runsAt(clients), random));
      for (const { threshold, tally } of thresholds) tally.add(thresholdCrossing(levels, threshold).interval);
    }
    return thresholds.map(({ threshold, truth, tally }) =>
      tally.row(
        sweep.name,
        `clients at which ${100 * threshold} % fail, in truth ${truth.toFixed(2)}`,
        sweep.stops ? `stopped, at most ${sweep.most}` : sweep.most,
      ),
    );
  });
}

function failuresAt({ loop, workers }: Sweep, clients: number): number[] {
  const design = { ...publishedRequests, clients, loop, timeoutsShareWorker: false, tickMs: null };
  const options = { lagsMs: [0.1, 0.2, 0.3], replications };
  return simulateFailures(design, workers, () => sharedQueue, options).map((share) =>
    Math.round(share * clients * publishedRequests.requests),
  );
}

/** Whole clients around the threshold are all simulated; between two of them log-odds are taken as straight. */
function trueCrossing(
  levels: readonly number[],
  runsAt: (clients: number) => number[],
  threshold: number,
): number {
  const share = (clients: number) =>
    runsAt(clients).reduce((sum, count) => sum + count, 0) /
    (replications * clients * publishedRequests.requests);
  const above = levels.find((clients) => share(clients) >= threshold) as number;
  const below = levels[levels.indexOf(above) - 1] as number;
  let first = below + 1;
  while (share(first) < threshold) first++;
  const logit = (rate: number) => Math.log(rate / (1 - rate));
  const [from, to] = [logit(share(first - 1)), logit(share(first))];
  return first - 1 + (logit(threshold) - from) / (to - from);
}

function drawLevel(
  { most, stops }: Sweep,
  clients: number,
  pool: readonly number[],
  random: () => number,
): FailureLevel {
  const { minimum, within } = precisionRules.failureRate;
  const draw = () => pool[Math.floor(random() * pool.length)] as number;
  const failures = Array.from({ length: most }, draw);
  const requests = failures.map(() => clients * publishedRequests.requests);
  const reached = (runs: number) =>
    precisionOf(
      clusteredProportion(failures.slice(0, runs), requests.slice(0, runs)),
      precisionRules.failureRate,
    );
  let runs = stops ? minimum : most;
  while (runs < most && reached(runs) > within) runs++;
  return { at: clients, failures: failures.slice(0, runs), requests: requests.slice(0, runs) };
}
