import { expect, test } from "vitest";
import { libuvWaits, waitLaw } from "../../../src/studies/libuv-pool/analysis.ts";
import { libuvPoolClaims } from "../../../src/studies/libuv-pool/claims.ts";
import { experiment } from "../../../src/studies/libuv-pool/experiment.ts";
import { libuvValues } from "../../../src/studies/libuv-pool/values.ts";
import type { SampleOf } from "../../../src/tables/experiment-declaration.ts";
import { datasetOf } from "../../summary/dataset-of.ts";

type Sample = Partial<SampleOf<ReturnType<typeof experiment>>>;

const foreign = { threads: 4, blocking: "foreign-call", operation: "fs.stat" } as const;

test("the law starts at the pool size, and for slow lookups at half of it, rounded up", () => {
  const at = (blockers: number) => waitLaw({ ...foreign, blockers });
  expect([3, 4, 6].map(at)).toEqual([0, 12.5, 37.5]);
  const lookups = { threads: 4, blocking: "slow-lookup", operation: "dns.lookup" } as const;
  expect([1, 2, 4].map((blockers) => waitLaw({ ...lookups, blockers }))).toEqual([0, 25, 75]);
  expect(waitLaw({ ...lookups, threads: 3, blockers: 2 })).toBe(25);
  expect(waitLaw({ ...lookups, operation: "fs.stat", blockers: 4 })).toBe(0);
});

/** A run in which every operation took the same time, but for a little. */
function run(number: number, levels: Sample, waitMs: number): Sample[] {
  return Array.from({ length: 40 }, (_, i) => ({ ...levels, run: number, waitNs: (waitMs + i / 1e3) * 1e6 }));
}

test("waits stand beside the law, with their error as a share of it", () => {
  const data = datasetOf(experiment(), [
    ...run(1, { ...foreign, blockers: 3 }, 0.1),
    ...run(2, { ...foreign, blockers: 6 }, 30),
    ...run(3, { ...foreign, blockers: 6 }, 30),
    ...run(3, { ...foreign, blockers: 6, operation: "blocker" }, 70),
  ]);
  const [below, beyond] = libuvWaits(data);
  expect(below).toMatchObject({ blockers: 3, lawMs: 0, errorShare: null, p99Ms: null });
  expect(beyond).toMatchObject({ blockers: 6, runs: 2, lawMs: 37.5 });
  expect(beyond?.errorShare).toBeCloseTo(-0.2, 2);
});

test("claims say what they need where the sweep was not measured", () => {
  const data = datasetOf(experiment(), run(1, { ...foreign, blockers: 0 }, 0.1));
  for (const claim of libuvPoolClaims) expect(claim.judge(data).verdict).toBe("not testable here");
});

test("a cliff at the pool size is a cliff; one that comes before is none", () => {
  const cliff = libuvPoolClaims.find(({ id }) => id === "libuv-cliff-at-pool-size");
  const sweep = (belowMs: number) =>
    datasetOf(
      experiment(),
      Array.from({ length: 12 }, (_, number) => [
        ...Array.from({ length: 10 }, () => run(number, { ...foreign, blockers: 3 }, belowMs)).flat(),
        ...Array.from({ length: 10 }, () => run(number + 20, { ...foreign, blockers: 4 }, 12)).flat(),
      ]).flat(),
    );
  expect(cliff?.judge(sweep(0.1)).verdict).toBe("holds");
  expect(cliff?.judge(sweep(14)).verdict).toBe("fails");
});

test("values name the corners, and null what was not measured", () => {
  const data = datasetOf(experiment(), [
    ...run(1, { ...foreign, blockers: 0 }, 0.1),
    ...run(2, { ...foreign, blockers: 6 }, 30),
    ...run(3, { ...foreign, threads: 8, blockers: 10 }, 15),
  ]);
  const values = libuvValues(data, libuvWaits(data));
  expect(values).toMatchObject({ runs: 3, law4BeyondMs: 37.5, law8BeyondMs: 18.75, statFreeP99Ms: null });
  expect(values).toMatchObject({ stat2AtMs: null, slowLookupAtHalfMs: null });
  expect(values["statFreeMs"]).toBeCloseTo(0.1, 1);
});
