import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { samplesSchema } from "../../src/tables/samples-schema.ts";
import type { Schema } from "../../src/tables/schema.ts";
import { type Changes, coins, smallDataSet } from "../audit/small-data-set.ts";
import { refit, refitHash } from "./refit-table.ts";
import { verifyCoins } from "./verify-coins.ts";

describe("tables that fit their hashes and not themselves are refused", () => {
  const each = (change: (row: Record<string, unknown>, i: number) => object): Changes => ({
    rows: (all) => all.map((row, i) => ({ ...row, ...change({ ...row }, i) })),
  });
  const cases: [string, Changes, RegExp][] = [
    [
      "every run is invalid",
      each(() => ({ valid: false, invalidReason: "steal: 0.500", stealShare: 0.5 })),
      /no run is valid/,
    ],
    ["every order is 0", each(() => ({ order: 0 })), /run 1 has order 0; planned was 1 \(and 8 more runs\)/],
    ["walls are negative", each(() => ({ wallMs: -1 })), /run 0 has wallMs -1: it took no time/],
    [
      "a run is another scenario's",
      each((_, i) => (i === 0 ? { coin: "bent" } : {})),
      /planned was|of 5 replicates/,
    ],
    [
      "a busy run is valid",
      each((_, i) => (i === 3 ? { stealShare: 0.4 } : {})),
      /run 3 is invalid for no reason/,
    ],
    [
      "a calm run is invalid",
      each((_, i) => (i === 3 ? { valid: false, invalidReason: "steal: 0.400" } : {})),
      /run 3 is invalid for steal: 0.400; by its conditions it is for none/,
    ],
    [
      "a run is valid in spite of a reason",
      each((_, i) => (i === 3 ? { invalidReason: "steal: 0.400", stealShare: 0.4 } : {})),
      /run 3 is valid for the reason steal/,
    ],
  ];
  const at = (run: number, change: object): Changes => each((_, i) => (i === run ? change : {}));
  const failed = (invalidReason: string) => at(3, { valid: false, invalidReason });
  const unknown = { stealShare: null, pressureShare: null, otherCpuShare: null };
  const impossible: [string, Changes, RegExp][] = [
    [
      "all runs begin at once",
      each(() => ({ startedMs: 0 })),
      /run 1 and 8 more began before the campaign, or before the run of the number before/,
    ],
    [
      "runs begin before the campaign",
      each((row) => ({ startedMs: Number(row["startedMs"]) - 1e6 })),
      /run 0 and 9 more began before the campaign/,
    ],
    [
      "runs begin in the reverse of their order",
      each((_, i) => ({ startedMs: 1000 - 10 * i })),
      /run 1 and 8 more began before the campaign, or before the run of the number before/,
    ],
    ["a run never ends", at(9, { wallMs: Infinity }), /run 9 has wallMs Infinity; it would have been killed/],
    ["a run takes years", at(9, { wallMs: 1e300 }), /run 9 has wallMs 1e\+300; it would have been killed/],
    [
      "runs go on while others do",
      each(() => ({ wallMs: 5000 })),
      /run 1 and 8 more began before the campaign, or before the run of the number before/,
    ],
    ["negative steal", at(2, { stealShare: -5 }), /run 2 has stealShare -5, which cannot be/],
    ["steal of all and more", at(2, { stealShare: 1.5 }), /run 2 has stealShare 1.5, which cannot be/],
    ["pressure beyond the time", at(2, { pressureShare: 40 }), /run 2 has pressureShare 40, which cannot be/],
    [
      "negative stalls",
      at(2, { stallShare: -1, stallLongestNs: 0 }),
      /run 2 has stallShare -1, which cannot/,
    ],
    ["a stop of negative length", at(2, { suspendedMs: -4 }), /run 2 has suspendedMs -4, which cannot be/],
    [
      "a dispatcher later than its run took",
      at(2, { dispatcherDelayP99Ns: 9e15 }),
      /run 2 has dispatcherDelayP99Ns 9000000000000000, more than its 1 ms/,
    ],
    [
      "a time longer than its run took",
      { headsNs: ({ run }) => [1, 2, run === 4 ? -5e6 : 3] },
      /run 4 has headsNs -5000000 ns, and took only 1 ms/,
    ],
    ["a dispatcher long before its time", at(2, { dispatcherDelayP99Ns: -1e15 }), /cannot be/],
    [
      "a canary later than ever",
      at(2, { canaryLateP99Ns: 10, canaryLateMaxNs: 5 }),
      /run 2 has canaryLateP99Ns 10 and canaryLateMaxNs only 5/,
    ],
    [
      "a collection longer than all of them",
      at(2, { gcMainCount: 1, gcMainNs: 1, gcMainLongestNs: 100, gcMainMajorNs: 0 }),
      /run 2 has gcMainLongestNs 100 and gcMainNs only 1/,
    ],
    [
      "no collections that take time",
      at(2, { gcMainCount: 0, gcMainNs: 50, gcMainLongestNs: 50, gcMainMajorNs: 0 }),
      /run 2 has gcMainNs 50, more than 0 collections of at most 50/,
    ],
    [
      "a stall longer than all of them",
      at(2, { stallLongestNs: 5e5, stallShare: 0.01, canaryLateMaxNs: 5e5, canaryLateP99Ns: 0 }),
      /run 2 has stallLongestNs 500000 and stallShare only 0.01 of 1 ms/,
    ],
    [
      "half of what an observer tells",
      at(2, { stallShare: 0 }),
      /run 2 has stallShare and no stallLongestNs/,
    ],
    ["a crash with samples", failed("crash: exit code 1"), /run 3 is invalid for crash.*, and has 3 samples/],
    ["what is not testable, with samples", failed("not testable here: no"), /run 3 .*, and has 3 samples/],
    ["a failed instrument with samples", failed("instrument: broke"), /run 3 .*, and has 3 samples/],
    [
      "a crash that tells its conditions",
      { ...failed("crash: exit code 1"), headsNs: ({ run }) => (run === 3 ? [] : [1, 2, 3]) },
      /run 3 is invalid for crash: exit code 1, and tells its stealShare/,
    ],
    [
      "a crash in words of its own",
      {
        ...at(3, { valid: false, invalidReason: "crash: who knows", ...unknown }),
        headsNs: ({ run }) => (run === 3 ? [] : [1, 2, 3]),
      },
      /run 3 is invalid for crash: who knows, which no campaign writes/,
    ],
    [
      "a limit that was not reached",
      {
        ...at(3, { valid: false, invalidReason: "time limit: killed after 9000 ms", ...unknown }),
        headsNs: ({ run }) => (run === 3 ? [] : [1, 2, 3]),
      },
      /run 3 is invalid for time limit: killed after 9000 ms, which no campaign writes of a run of 1 ms/,
    ],
    [
      "a crash beside a broken rule",
      failed("steal: 0.500; crash: exit code 1"),
      /run 3 is invalid for steal: 0.500; crash: exit code 1, which no campaign writes/,
    ],
    [
      "a busy run without samples",
      {
        ...at(3, { valid: false, invalidReason: "steal: 0.500", stealShare: 0.5 }),
        headsNs: ({ run }) => (run === 3 ? [] : [1, 2, 3]),
      },
      /run 3 has no samples, and lost none/,
    ],
  ];

  test.each([...cases, ...impossible])("%s", async (_, changes, problem) => {
    const { code, complained } = await verifyCoins(smallDataSet(changes));
    expect(code).toBe(1);
    expect(complained).toMatch(problem);
  });

  test("pressure that a host tells of is left out", async () => {
    const state = { load: [0], pressure: { avg10: 0, avg60: 0, totalUs: 5 }, stealShare: null };
    const manifest = { conditions: { before: state, after: state } };
    expect((await verifyCoins(smallDataSet({ manifest }))).code).toBe(0);
    const { code, complained } = await verifyCoins(
      smallDataSet({ ...at(3, { pressureShare: null }), manifest }),
    );
    expect(code).toBe(1);
    expect(complained).toContain("run 3 has no pressureShare, though its host tells of pressure");
  });

  test("half a run's samples are gone", async () => {
    const data = smallDataSet();
    const run = Uint32Array.from({ length: 30 }, (_, i) => i / 3).filter(
      (number, i) => number !== 4 || i % 3 === 0,
    );
    refit(join(data, coins.name), "samples", samplesSchema(coins), {
      run,
      headsNs: new Float64Array(run.length),
    });
    expect((await verifyCoins(data)).complained).toMatch(
      /run 4 has 1 samples; the runs of its scenario have 3/,
    );
  });

  test.each(["runs", "samples"] as const)("bytes of %s that must be text are none", async (name) => {
    const data = smallDataSet();
    const own = join(data, coins.name);
    const path = join(own, `${name}.arrow`);
    const bytes = readFileSync(path);
    // Within a column's description, which stands in the footer again; there it is read.
    bytes[bytes.lastIndexOf("meaning") + 2] = 0xff;
    writeFileSync(path, bytes);
    refitHash(own, name);
    const { code, complained } = await verifyCoins(data);
    expect(code).toBe(1);
    expect(complained).toMatch(
      /^error: table is damaged: .* \(The encoded data was not valid .*\); restore it .*\n$/,
    );
    expect(complained).toContain(path);
  });

  test("a buffer that says it is a terabyte once it is inflated is not inflated", async () => {
    const data = smallDataSet({ headsNs: () => new Array(1000).fill(5) });
    const own = join(data, coins.name);
    const path = join(own, "samples.arrow");
    const bytes = readFileSync(path);
    // What is compressed begins with Zstandard's magic number, after its length.
    const lengthAt = bytes.indexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd])) - 8;
    bytes.writeBigInt64LE(2n ** 40n, lengthAt);
    writeFileSync(path, bytes);
    refitHash(own, "samples");
    const { code, complained } = await verifyCoins(data);
    expect(code).toBe(1);
    expect(complained).toContain("table is damaged: ");
    expect(complained).toContain("buffer of 1099511627776 bytes");
  });

  test("runs of which the file says there are more than memory holds are not made up", async () => {
    const data = smallDataSet();
    const own = join(data, coins.name);
    const path = join(own, "runs.arrow");
    const bytes = readFileSync(path);
    const most = 2 ** 31 - 1;
    // The number of rows stands first of all numbers of ten: after the schema, before the places of the columns.
    let at = 0;
    while (bytes.readBigInt64LE(at) !== 10n) at += 8;
    bytes.writeBigInt64LE(BigInt(most), at);
    writeFileSync(path, bytes);
    refitHash(own, "runs", most);
    const { code, complained } = await verifyCoins(data);
    expect(code).toBe(1);
    expect(complained).toMatch(
      /^error: table is damaged: .*runs\.arrow \(RangeError: (buffer has|Array buffer) .*\); restore it .*\n$/,
    );
  });

  const retold: [string, object, RegExp][] = [
    [
      "a column means something else",
      { meaning: "time on tails" },
      /column headsNs of .* has the meaning "time on tails"; .* declares "time on heads"/,
    ],
    ["a unit is another one", { unit: "ms" }, /column headsNs of .* has the unit "ms"; .* declares "ns"/],
  ];
  test.each(retold)("%s", async (_, change, problem) => {
    const data = smallDataSet();
    const schema = samplesSchema(coins);
    const run = Uint32Array.from({ length: 30 }, (_, i) => i / 3);
    const other = { ...schema, headsNs: { ...schema["headsNs"], ...change } } as Schema;
    refit(join(data, coins.name), "samples", other, { run, headsNs: new Float64Array(30) });
    expect((await verifyCoins(data)).complained).toMatch(problem);
  });
});

test("a counter that began anew while the campaign was stopped is no contradiction", async () => {
  const pressure = (totalUs: number) => ({ avg10: 0, avg60: 0, totalUs });
  const state = { load: [0], stealShare: null };
  const conditions = {
    before: { ...state, pressure: pressure(500) },
    after: { ...state, pressure: pressure(4) },
  };
  const rows: Changes["rows"] = (all) =>
    all.map((row, i) => ({ ...row, startedMs: Number(row["startedMs"]) + (i > 4 ? 90_000 : 0) }));
  expect((await verifyCoins(smallDataSet({ rows, manifest: { conditions } }))).code).toBe(0);
});
