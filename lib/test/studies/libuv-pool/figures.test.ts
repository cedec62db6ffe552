import { expect, test } from "vitest";
import { figureFile } from "../../../src/publish/figure-file.ts";
import type { LibuvWait } from "../../../src/studies/libuv-pool/analysis.ts";
import { libuvPoolCliff, libuvPoolLookups } from "../../../src/studies/libuv-pool/figures.ts";
import { intervalColumns } from "../../../src/summary/interval-columns.ts";
import { testFigures } from "../../drawing/snapshot.ts";

/** A small made-up summary with the shape of a real one; nothing here was measured. */
const none = { estimate: null, low: null, high: null };

const unmeasured = {
  runs: 7,
  ...intervalColumns("p50", "Ms", none),
  ...intervalColumns("p99", "Ms", none),
  ...intervalColumns("error", "Share", none),
};

const waits: LibuvWait[] = (["foreign-call", "slow-lookup"] as const).flatMap((blocking, b) =>
  [2, 4].flatMap((threads) =>
    Array.from({ length: threads + 3 }, (_, blockers) => blockers).flatMap((blockers) =>
      (["fs.stat", "dns.lookup", "crypto.randomBytes"] as const).map((operation, o) => {
        const width = b === 0 ? threads : operation === "dns.lookup" ? threads / 2 : 99;
        const lawMs = Math.max(0, ((blockers - width + 1) * 50) / width);
        const p50Ms = 0.1 + 0.02 * o + 0.8 * lawMs;
        return {
          ...unmeasured,
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
);

testFigures({
  "libuv-pool-cliff": () => libuvPoolCliff(waits),
  "libuv-pool-lookups": () => libuvPoolLookups(waits, 4),
});

test("a profile that measured little gives figures all the same", () => {
  const corner = { blocking: "foreign-call", threads: 2, blockers: 2, operation: "fs.stat" } as const;
  const little = [{ ...unmeasured, ...corner, p50Ms: 9, lawMs: 25 }];
  expect(() => {
    figureFile(libuvPoolCliff(little));
    figureFile(libuvPoolLookups(little, 4));
  }).not.toThrow();
});
