import { expect, test } from "vitest";
import { cliffClaims } from "../../src/studies/scheduling-delay/claims/cliff.ts";
import { plantedSweep } from "./planted-sweep.ts";

/** What is true of a host whose cliff is at four of four blockers, 40 ms high, on a floor that blockers do not move. */
const truth = {
  "cliff-at-saturation": "holds",
  "one-free-worker-run-queue": "holds",
  "flat-below-cliff": "holds",
  "tenfold-step": "holds",
  "one-block-height": "holds",
  "published-height": "fails",
  "median-far-below-block": "holds",
} as const;

const claims = Object.entries(truth).flatMap(([id, verdict]) =>
  cliffClaims.filter((claim) => claim.id === id).map((claim) => ({ claim, verdict })),
);

function verdictsOf(runs: number, noise: number, seeds: number) {
  const shared = { executor: "run-queue", blockers: [0, 1, 3, 4, 6], cliffAt: 4 } as const;
  return Array.from({ length: seeds }, (_, seed) =>
    plantedSweep({ ...shared, runs, noise, seed: seed + 1 }),
  ).flatMap((data) =>
    claims.map(({ claim, verdict }) => ({ truth: verdict, said: claim.judge(data).verdict })),
  );
}

test.each([
  { runs: 3, noise: 1.2 },
  { runs: 3, noise: 4 },
  { runs: 5, noise: 4 },
])(
  "$runs runs on a host whose speed varies $noise-fold leave claims open, and give no false verdict",
  (host) => {
    const verdicts = verdictsOf(host.runs, host.noise, 12);
    const wrong = verdicts.filter(({ truth: is, said }) => said !== "not testable here" && said !== is);
    expect(wrong).toEqual([]);
  },
);

test("twenty runs on a quiet host decide all of them", () => {
  const verdicts = verdictsOf(20, 1.1, 2);
  expect(verdicts.filter(({ truth: is, said }) => said !== is)).toEqual([]);
});
