import { type ColumnTable, from } from "arquero";
import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import { libuvPoolCliff, libuvPoolLookups } from "../../../src/studies/libuv-pool/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";

/** A small made-up summary with the shape of a real one; nothing here was measured. */
const waits: ColumnTable = from(
  ["foreign-call", "slow-lookup"].flatMap((blocking, b) =>
    [2, 4].flatMap((threads) =>
      Array.from({ length: threads + 3 }, (_, blockers) => blockers).flatMap((blockers) =>
        ["fs.stat", "dns.lookup", "crypto.randomBytes"].map((operation, o) => {
          const width = b === 0 ? threads : operation === "dns.lookup" ? threads / 2 : 99;
          const lawMs = Math.max(0, ((blockers - width + 1) * 50) / width);
          const p50Ms = 0.1 + 0.02 * o + 0.8 * lawMs;
          return {
            blocking,
            threads,
            blockers,
            operation,
            lawMs,
            p50Ms,
            p50LowMs: p50Ms * 0.9,
            p50HighMs: p50Ms * 1.2,
          };
        }),
      ),
    ),
  ),
);

testFigures({
  "libuv-pool-cliff": () => libuvPoolCliff(waits),
  "libuv-pool-lookups": () => libuvPoolLookups(waits, 4),
});

test("a profile that measured little gives figures all the same", () => {
  const little = from([
    { blocking: "foreign-call", threads: 2, blockers: 2, operation: "fs.stat", p50Ms: 9, lawMs: 25 },
  ]);
  expect(() => {
    figureFile(libuvPoolCliff(little));
    figureFile(libuvPoolLookups(little, 4));
  }).not.toThrow();
});
