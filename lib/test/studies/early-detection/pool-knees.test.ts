import { expect, test } from "vitest";
import { findPoolKnees, kneeOverLaw, poolKnees } from "../../../src/studies/early-detection/analysis.ts";
import { experiment } from "../../../src/studies/early-detection/experiment.ts";
import { earlyDetectionValues } from "../../../src/studies/early-detection/values.ts";
import { serviceRates } from "../../../src/studies/http-service/index.ts";
import { datasetOf } from "../../summary/dataset-of.ts";
import { served } from "../http-service/served.ts";

/** 200 requests a run, of which as many fail as a logistic curve over log connections says; 5 % at 2.5 a worker. */
function sweep(workers: number) {
  return [1, 2, 3, 4, 6].flatMap((perWorker) =>
    [0, 1, 2].flatMap((run) => {
      const odds = Math.exp(4 * Math.log(perWorker / 2.5)) / 19;
      const failed = Math.round((200 * odds) / (1 + odds)) + (run - 1);
      return Array.from({ length: 200 }, (_, request) =>
        served({
          run: workers * 1000 + perWorker * 10 + run,
          request,
          workers,
          connections: workers * perWorker,
          outcome: request < failed ? "timed-out" : "completed",
        }),
      );
    }),
  );
}

const dataset = datasetOf(experiment(), [...sweep(1), ...sweep(4)]);

test("knees lie where the curve passes 5 %, and in proportion to the workers", () => {
  const [one, four] = poolKnees(dataset);
  expect(one?.knee).toBeCloseTo(2.5, 0);
  expect(four?.kneePerWorker).toBeCloseTo(one?.knee as number, 6);
  expect(one).toMatchObject({ fewerWorkers: 4 });
  expect(one?.earlier).toBeCloseTo(4, 6);
  expect(four).toMatchObject({ earlier: null, fewerWorkers: 1 });
  expect(four?.lawConnections).toBeCloseTo(20 / 3, 12);
});

test("a knee is compared with the law; one that was not found is missing", () => {
  const knees = findPoolKnees(dataset);
  expect(kneeOverLaw(knees, 1).estimate).toBeCloseTo(2.5 / (5 / 3), 0);
  expect(kneeOverLaw(knees, 2).estimate).toBeNull();
});

test("a pool whose requests never fail has no knee", () => {
  const calm = sweep(1).map((row) => ({ ...row, outcome: "completed" }));
  expect(poolKnees(datasetOf(experiment(), calm))[0]).toMatchObject({ knee: null });
});

test("values name the knees and what few connections show", () => {
  const values = earlyDetectionValues(dataset, { rates: serviceRates(dataset), knees: poolKnees(dataset) });
  expect(values).toMatchObject({ workers: 4, kneeTwo: null, failureAt4TwoShare: null });
  expect(values["earlierOne"]).toBeCloseTo(4, 6);
  expect(values["failureAt4OneShare"]).toBeGreaterThan(values["failureAt4MainShare"] as number);
});
