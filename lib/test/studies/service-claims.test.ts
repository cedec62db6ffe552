import { expect, test } from "vitest";
import { earlyDetectionClaims } from "../../src/studies/early-detection/claims.ts";
import { experiment as earlyDetection } from "../../src/studies/early-detection/experiment.ts";
import type { ServiceData } from "../../src/studies/http-service/analysis.ts";
import { httpServiceClaims } from "../../src/studies/http-service/claims.ts";
import type { ServiceScenario } from "../../src/studies/http-service/experiment.ts";
import { burstPhases } from "../../src/tables/burst-phases.ts";
import { datasetOf } from "../summary/dataset-of.ts";
import { type ServedSample, served, servedDataset } from "./http-service/served.ts";

/** Three runs of 100 requests each, of which as many as told are answered in time, evenly over both paths. */
function cell(levels: ServedSample, good: number): ServedSample[][] {
  return [0, 1, 2].map(() =>
    Array.from({ length: 100 }, (_, request) =>
      served({
        ...levels,
        request,
        blocking: request % 4 === 0,
        beganUs: request * 10_000,
        outcome: (request * 37) % 100 < good ? "completed" : "timed-out",
      }),
    ),
  );
}

/** Three bursts with retries whose last second is well or not. */
function burst(treatment: ServiceScenario["treatment"], well: boolean): ServedSample[][] {
  const { beforeMs, burstMs, afterMs } = burstPhases;
  const endMs = beforeMs + burstMs + afterMs;
  return [0, 1, 2].map(() =>
    Array.from({ length: 100 }, (_, request) =>
      served({
        treatment,
        load: "burst",
        retries: 2,
        connections: 4,
        request,
        beganUs: (endMs - 1000 + request * 10) * 1000,
        outcome: well ? "completed" : "timed-out",
      }),
    ),
  );
}

const numbered = (runs: readonly (readonly ServedSample[])[]): ServedSample[] =>
  runs.flatMap((rows, run) => rows.map((row) => ({ ...row, run })));

const verdicts = (data: ServiceData) =>
  Object.fromEntries(httpServiceClaims.map(({ id, judge }) => [id, judge(data).verdict]));

const verdictsOnPools = (rows: readonly ServedSample[]) => {
  const data = datasetOf(earlyDetection(), rows);
  return Object.fromEntries(earlyDetectionClaims.map(({ id, judge }) => [id, judge(data).verdict]));
};

test("a service that collapses, is saved by aborts and does not recover by itself fulfils its claims", () => {
  const data = servedDataset(
    numbered([
      ...cell({ treatment: "as-is", connections: 8 }, 100),
      ...cell({ treatment: "as-is", connections: 30 }, 0),
      ...cell({ treatment: "as-is", connections: 50 }, 10),
      ...cell({ treatment: "abort-queued", connections: 50 }, 60),
      ...cell({ treatment: "skip-expired", connections: 50 }, 30),
      ...burst("as-is", false),
      ...burst("abort-queued", true),
    ]),
  );
  expect(verdicts(data)).toMatchObject({
    "http-service-collapse": "holds",
    "http-service-bystanders": "holds",
    "http-service-abort": "holds",
    "http-service-order": "fails",
    "http-service-metastable": "holds",
  });
});

test("a service that bears its load and recovers contradicts them", () => {
  const data = servedDataset(
    numbered([
      ...cell({ treatment: "as-is", connections: 8 }, 100),
      ...cell({ treatment: "as-is", connections: 30 }, 100),
      ...cell({ treatment: "as-is", connections: 50 }, 60),
      ...cell({ treatment: "abort-queued", connections: 50 }, 60),
      ...cell({ treatment: "skip-expired", connections: 50 }, 60),
      ...burst("as-is", true),
      ...burst("abort-queued", true),
    ]),
  );
  expect(verdicts(data)).toMatchObject({
    "http-service-collapse": "fails",
    "http-service-bystanders": "fails",
    "http-service-abort": "fails",
    "http-service-order": "holds",
    "http-service-metastable": "fails",
  });
});

test("data without the scenarios decide nothing", () => {
  const rows = numbered(cell({ treatment: "offloaded", connections: 15 }, 50));
  const all = { ...verdicts(servedDataset(rows)), ...verdictsOnPools(rows) };
  expect(new Set(Object.values(all))).toEqual(new Set(["not testable here"]));
});

/** Twelve runs of 200 requests; 5 % fail at the knee. */
function sweep(workers: number, knee: number): ServedSample[] {
  return [0.5, 0.8, 1, 1.3, 2].flatMap((part) =>
    Array.from({ length: 12 }, (_, run) => {
      const odds = part ** 4 / 19;
      const failed = Math.round((200 * odds) / (1 + odds)) + (run % 2);
      return Array.from({ length: 200 }, (_, request) =>
        served({
          run: workers * 10_000 + part * 100 + run,
          workers,
          connections: knee * part,
          request,
          outcome: request < failed ? "timed-out" : "completed",
        }),
      );
    }).flat(),
  );
}

test("knees in proportion to the workers fulfil the claims of early detection, equal knees do not", () => {
  const knees = (one: number, four: number) => verdictsOnPools([...sweep(1, one), ...sweep(4, four)]);
  expect(knees(3, 12)).toMatchObject({
    "early-detection-earlier": "holds",
    "early-detection-proportional": "holds",
    "early-detection-above-law": "holds",
  });
  expect(knees(3, 3)).toMatchObject({
    "early-detection-earlier": "fails",
    "early-detection-proportional": "fails",
    "early-detection-above-law": "fails",
  });
});
