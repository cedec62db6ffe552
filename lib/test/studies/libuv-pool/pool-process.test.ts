import { expect, test } from "vitest";
import { NotTestableError } from "../../../src/measure/study-error.ts";
import type { LibuvPoolJob, LibuvRecord } from "../../../src/studies/libuv-pool/pool-messages.ts";
import { runOnLibuvPool } from "../../../src/studies/libuv-pool/pool-process.ts";

const job: LibuvPoolJob = {
  blocking: "foreign-call",
  blockMs: 2000,
  blockerStartsMs: [0, 0],
  arrivals: (["fs.stat", "dns.lookup", "crypto.randomBytes"] as const).map((victim) => ({
    victim,
    dueMs: 20,
  })),
};

/** The operations that ended while a call that had begun before them still held its thread. */
function overtakers(records: readonly LibuvRecord[]): string[] {
  const calls = records.filter(({ kind }) => kind === "blocker");
  return records
    .filter(({ kind }) => kind !== "blocker")
    .filter((one) => calls.every((call) => call.calledNs > one.calledNs || call.endedNs > one.endedNs))
    .map(({ kind }) => kind);
}

test.skipIf(process.platform === "win32")(
  "two foreign calls close a pool of two threads to everything else, and leave one of three open",
  async () => {
    const [closed, open] = await Promise.all([runOnLibuvPool(2, job), runOnLibuvPool(3, job)]);
    expect(overtakers(closed)).toEqual([]);
    expect(overtakers(open)).toHaveLength(3);
  },
);

test("one slow lookup closes a pool of two threads to lookups, and to nothing else", async (context) => {
  const slow: LibuvPoolJob = { ...job, blocking: "slow-lookup", blockerStartsMs: [0] };
  const records = await runOnLibuvPool(2, slow).catch((error: unknown) => {
    if (error instanceof NotTestableError) context.skip(error.message);
    throw error;
  });
  expect(overtakers(records).sort()).toEqual(["crypto.randomBytes", "fs.stat"]);
});
