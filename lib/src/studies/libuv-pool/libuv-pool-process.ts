/** The process whose libuv pool is under study; ends with its parent, however the parent ends. */
import { setTimeout as delay } from "node:timers/promises";
import { startClock } from "../../measure/clock.ts";
import { parseData } from "../../measure/parse-json.ts";
import { NotTestableError } from "../../measure/study-error.ts";
import { startLateResolver } from "./late-resolver.ts";
import { libuvBlockers, libuvVictims } from "./libuv-operations.ts";
import {
  type LibuvPoolAnswer,
  type LibuvPoolJob,
  type LibuvRecord,
  libuvPoolJob,
  libuvPoolMessage,
} from "./pool-messages.ts";

// A thread in a slow call would hold up an orderly exit.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.once("message", (message) => {
  void measure(parseData(message, libuvPoolJob, libuvPoolMessage))
    .catch((error: unknown): LibuvPoolAnswer => {
      if (error instanceof NotTestableError) return { notTestable: error.message };
      throw error;
    })
    .then((answer) => process.send?.(answer, () => process.exit(0)));
});

/** Blockers repeat their call for as long as operations are under way; each operation is called at its time. */
async function measure({
  blocking,
  blockMs,
  blockerStartsMs,
  arrivals,
}: LibuvPoolJob): Promise<LibuvPoolAnswer> {
  const resolver = blocking === "slow-lookup" ? await startLateResolver(blockMs) : null;
  const block = await libuvBlockers[blocking](blockMs);
  // The first call of each kind loads what it needs; it is nobody's sample.
  for (const operation of Object.values(libuvVictims)) await operation();

  const records: LibuvRecord[] = [];
  const now = startClock();
  let drained = false;
  const call = async (kind: LibuvRecord["kind"], dueNs: number, operation: () => Promise<unknown>) => {
    const calledNs = now();
    await operation();
    records.push({ kind, dueNs, calledNs, endedNs: now() });
  };
  const blockers = blockerStartsMs.map(async (startMs) => {
    await delay(startMs);
    while (!drained) await call("blocker", now(), block);
  });
  const operations = arrivals.map(async ({ victim, dueMs }) => {
    await delay(Math.max(0, Math.ceil(dueMs - now() / 1e6)));
    await call(victim, dueMs * 1e6, libuvVictims[victim]);
  });
  await Promise.all(operations);
  drained = true;
  await Promise.all(blockers);
  await resolver?.stop();
  return { records };
}
