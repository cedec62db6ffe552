import { expect, test } from "vitest";
import type { Figure } from "../../../src/drawing/figure.ts";
import { figureFile } from "../../../src/publish/figure-file.ts";
import type { BlameShare } from "../../../src/studies/blame/analysis.ts";
import { blameVerdicts } from "../../../src/studies/blame/figures.ts";
import type {
  ChannelDepth,
  DatabaseHealth,
  MechanismFailure,
} from "../../../src/studies/failure-mechanisms/analysis.ts";
import {
  failureMechanismsDatabase,
  failureMechanismsDepth,
  failureMechanismsRates,
} from "../../../src/studies/failure-mechanisms/figures.ts";
import { intervalColumns } from "../../../src/summary/interval-columns.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const mechanisms = ["time-out", "bounded-channel", "connection-pool", "mutex"] as const;
const none = { estimate: null, low: null, high: null };
const places: Pick<MechanismFailure, "placement" | "blockers">[] = [
  { placement: "none", blockers: 0 },
  ...[3, 4, 6].flatMap((blockers) =>
    (["shared", "isolated"] as const).map((placement) => ({ placement, blockers })),
  ),
];
const starves = ({ placement, blockers }: (typeof places)[number]) => placement === "shared" && blockers >= 4;

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
const failures: MechanismFailure[] = mechanisms.flatMap((mechanism, m) =>
  places.map((place) => {
    const share = starves(place) ? 0.2 + 0.1 * (place.blockers - 3 + m) : 0;
    return {
      mechanism,
      ...place,
      ...{ runs: 6, operations: 720, failures: Math.round(720 * share), falseTimeouts: 0 },
      failureShare: share,
      failureLowShare: share * 0.9,
      failureHighShare: share * 1.1,
      ...intervalColumns("p50", "Ms", none),
      ...intervalColumns("wait", "Ms", none),
      ...intervalColumns("held", "Ms", none),
      ...intervalColumns("workerWait", "Ms", none),
    };
  }),
);

const depths: ChannelDepth[] = places.flatMap((place) =>
  [25, 75, 125, 575, 625].map((atMs, i) => {
    const depth = starves(place) ? Math.min(10, 1 + i * place.blockers) : 0.4;
    return { ...place, runs: 6, atMs, depth, depthLow: depth * 0.8, depthHigh: depth * 1.05 };
  }),
);

const health: DatabaseHealth[] = places.map((place) => {
  const idleInTransaction = starves(place) ? 3.8 : 0.4;
  return {
    ...place,
    runs: 6,
    ...intervalColumns("query", "Ms", none),
    ...intervalColumns("waiting", "", none),
    idleInTransaction,
    idleInTransactionLow: idleInTransaction * 0.9,
    idleInTransactionHigh: idleInTransaction * 1.05,
    active: 0.1,
    activeLow: 0,
    activeHigh: 0.2,
  };
});

const shares: BlameShare[] = mechanisms.flatMap((mechanism) =>
  (["blocked-workers", "slow-dependency"] as const).flatMap((cause) =>
    (cause === "blocked-workers" ? [4, 6] : [3]).map((blockers) => {
      const accused = cause === "blocked-workers" ? 0.9 : 0;
      return {
        mechanism,
        cause,
        blockers,
        errors: "plain" as const,
        ...{ runs: 6, failures: 100 },
        ...intervalColumns("busy", "Share", none),
        ...{ namedShare: 0, namedLowShare: 0, namedHighShare: 0.01 },
        ...{ accusedShare: accused, accusedLowShare: accused * 0.9, accusedHighShare: accused + 0.02 },
      };
    }),
  ),
);

const figures: Readonly<Record<string, () => Figure>> = {
  "blame-verdicts": () => blameVerdicts(shares),
  "failure-mechanisms-database": () => failureMechanismsDatabase(health, 4),
  "failure-mechanisms-depth": () => failureMechanismsDepth(depths, 4),
  "failure-mechanisms-rates": () => failureMechanismsRates(failures, 4),
};

testFigures(figures);

test("a profile that measured little gives figures all the same", () => {
  expect(() => {
    for (const table of [[], failures.slice(0, 1)]) figureFile(failureMechanismsRates(table, 2));
    for (const table of [[], depths.slice(0, 1)]) figureFile(failureMechanismsDepth(table, 2));
    for (const table of [[], health.slice(0, 1)]) figureFile(failureMechanismsDatabase(table, 2));
    for (const table of [[], shares.slice(0, 1)]) figureFile(blameVerdicts(table));
  }).not.toThrow();
});
