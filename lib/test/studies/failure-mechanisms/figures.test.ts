import { from } from "arquero";
import { expect, test } from "vitest";
import type { Figure } from "../../../src/drawing/figure.ts";
import { figureFile } from "../../../src/publish/figure-file.ts";
import { blameVerdicts } from "../../../src/studies/blame/figures.ts";
import {
  failureMechanismsDatabase,
  failureMechanismsDepth,
  failureMechanismsRates,
} from "../../../src/studies/failure-mechanisms/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const mechanisms = ["time-out", "bounded-channel", "connection-pool", "mutex"];
const places = [
  { placement: "none", blockers: 0 },
  ...[3, 4, 6].flatMap((blockers) => ["shared", "isolated"].map((placement) => ({ placement, blockers }))),
];
const starves = ({ placement, blockers }: (typeof places)[number]) => placement === "shared" && blockers >= 4;

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
const failures = from(
  mechanisms.flatMap((mechanism, m) =>
    places.map((place) => {
      const share = starves(place) ? 0.2 + 0.1 * (place.blockers - 3 + m) : 0;
      return {
        mechanism,
        ...place,
        failureShare: share,
        failureLowShare: share * 0.9,
        failureHighShare: share * 1.1,
      };
    }),
  ),
);

const depths = from(
  places.flatMap((place) =>
    [25, 75, 125, 575, 625].map((atMs, i) => {
      const depth = starves(place) ? Math.min(10, 1 + i * place.blockers) : 0.4;
      return { ...place, atMs, depth, depthLow: depth * 0.8, depthHigh: depth * 1.05 };
    }),
  ),
);

const health = from(
  places.map((place) => {
    const idleInTransaction = starves(place) ? 3.8 : 0.4;
    return {
      ...place,
      idleInTransaction,
      idleInTransactionLow: idleInTransaction * 0.9,
      idleInTransactionHigh: idleInTransaction * 1.05,
      active: 0.1,
      activeLow: 0,
      activeHigh: 0.2,
    };
  }),
);

const shares = from(
  mechanisms.flatMap((mechanism) =>
    (["blocked-workers", "slow-dependency"] as const).flatMap((cause) =>
      (cause === "blocked-workers" ? [4, 6] : [3]).map((blockers) => {
        const accused = cause === "blocked-workers" ? 0.9 : 0;
        return {
          mechanism,
          cause,
          blockers,
          ...{ namedShare: 0, namedLowShare: 0, namedHighShare: 0.01 },
          ...{ accusedShare: accused, accusedLowShare: accused * 0.9, accusedHighShare: accused + 0.02 },
        };
      }),
    ),
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
  const none = from([] as object[]);
  expect(() => {
    for (const table of [none, failures.slice(0, 1)]) figureFile(failureMechanismsRates(table, 2));
    for (const table of [none, depths.slice(0, 1)]) figureFile(failureMechanismsDepth(table, 2));
    for (const table of [none, health.slice(0, 1)]) figureFile(failureMechanismsDatabase(table, 2));
    for (const table of [none, shares.slice(0, 1)]) figureFile(blameVerdicts(table));
  }).not.toThrow();
});
