import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, atMost, type Judgement, undecided, within } from "../../ledger/judge.ts";
import { factorOf, quantileOf, type Runs, scaled } from "../../summary/estimate.ts";
import { mainWorkers } from "../../summary/main-workers.ts";
import { type BeyondCoresData, blockUs, overheadsAt } from "./analysis.ts";
import { coresOf } from "./experiment.ts";
import type { BeyondCoresScenario } from "./run.ts";

const shown = {
  experiment: "beyond-cores",
  source: "this study",
  evidence: { notebook: "22-beyond-cores", cell: "beyond-cores-table" },
} as const;

type Executor = BeyondCoresScenario["executor"];

const shared = ["run-queue", "piscina"] as const;

/** What a host's data can say about blockers that take cores, not workers. */
export const beyondCoresClaims: readonly Claim<BeyondCoresData>[] = [
  ...shared.map(
    (executor): Claim<BeyondCoresData> => ({
      ...shown,
      id: `parked-beyond-cores-${executor}`,
      statement: `Beside blockers that park, three times as many as cores, p99 on ${executor} is a quarter of a block at most while one worker is free.`,
      expected: { verdict: "holds", because: "a parked thread takes no core" },
      margin: "p99 with K = 3 × cores parked, at most 0.25 blocks",
      needs: `${executor}, parked, K = 3 × cores, one worker more`,
      judge: (data) => threeACore(data, atMost(inBlocks(most(data, executor, "parked")), 0.25)),
    }),
  ),
  ...shared.map(
    (executor): Claim<BeyondCoresData> => ({
      ...shown,
      id: `computing-beyond-cores-${executor}`,
      statement: `Blockers that compute, three times as many as cores, make p99 on ${executor} three times as high as blockers that park, or higher, though a worker is free.`,
      expected: {
        verdict: "holds",
        because: "dispatcher and free worker share the cores with threads that never sleep",
      },
      margin: "p99 with K = 3 × cores, computing over parked, at least 3",
      needs: `${executor}, computing and parked, K = 3 × cores, one worker more`,
      judge: (data) => {
        const factor = factorOf(most(data, executor, "computing"), most(data, executor, "parked"), 0.99);
        return threeACore(data, atLeast(factor, 3));
      },
    }),
  ),
  {
    ...shown,
    id: "computing-starts-at-cores",
    statement:
      "On run-queue p99 is twice as high or higher once a blocker that computes takes the last core.",
    expected: {
      verdict: "holds",
      because: "a core that nobody computes on carries the dispatcher and the worker that is free",
    },
    margin: "p99 on run-queue, K = cores over K = cores − 1, computing: at least 2",
    needs: "run-queue, computing, K = cores − 1 and cores",
    judge: (data) => {
      const workers = mainWorkers(data);
      const cores = coresOf(workers);
      const at = (blockers: number) =>
        overheadsAt(data, { executor: "run-queue", blockers, hold: "computing" });
      const judgement = atLeast(factorOf(at(cores), at(cores - 1), 0.99), 2);
      const { cores: there } = data.manifest.host;
      if (cores === there) return judgement;
      return undecided(`a pool of ${workers} workers was made for a host of ${cores} cores, not of ${there}`);
    },
  },
  {
    ...shown,
    id: "computing-is-no-cliff",
    statement:
      "While a worker is free, blockers that compute, three times as many as cores, bring p99 on the shared queues to a block at most.",
    expected: {
      verdict: "holds",
      because: "the kernel gives a thread that wakes its turn within slices of a few milliseconds",
    },
    margin: "p99 with K = 3 × cores computing, at most 1 block, on run-queue and piscina",
    needs: "run-queue and piscina, computing, K = 3 × cores, one worker more",
    judge: (data) => {
      const judged = (executor: Executor) => atMost(inBlocks(most(data, executor, "computing")), 1);
      return threeACore(data, allOf({ "run-queue": judged("run-queue"), piscina: judged("piscina") }));
    },
  },
  {
    ...shown,
    id: "computing-on-an-event-loop",
    statement:
      "On pinned, p99 beside one blocker that computes is within a factor of two of that beside one that parks.",
    expected: { verdict: "holds", because: "the tasks beside it wait for its event loop, not for a core" },
    margin: "p99 with one blocker, computing over parked, from 0.5 to 2",
    needs: "pinned, computing and parked, K = 1",
    judge: (data) => {
      const at = (hold: BeyondCoresScenario["hold"]) =>
        overheadsAt(data, { executor: "pinned", blockers: 1, hold });
      return within(factorOf(at("computing"), at("parked"), 0.99), 0.5, 2);
    },
  },
];

/** Keeps a judgement of what is said of three blockers a core: the pool has so many workers, and one that is free. */
function threeACore(data: BeyondCoresData, judgement: Judgement): Judgement {
  const { cores } = data.manifest.host;
  const workers = mainWorkers(data);
  if (workers === 3 * cores + 1) return judgement;
  return undecided(`a pool of ${workers} workers is not three for each of ${cores} cores, and one`);
}

/** Overheads beside three blockers a core. */
function most(data: BeyondCoresData, executor: Executor, hold: BeyondCoresScenario["hold"]): Runs {
  return overheadsAt(data, { executor, blockers: mainWorkers(data) - 1, hold });
}

function inBlocks(runs: Runs) {
  return scaled(quantileOf(runs, 0.99), 1 / blockUs);
}
