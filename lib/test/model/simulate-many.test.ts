import { expect, test } from "vitest";
import { publishedSweep } from "../../src/model/blocker-sweep.ts";
import { publishedRequests } from "../../src/model/request-load.ts";
import { sharedQueue } from "../../src/model/shared-queue.ts";
import { simulateFailures } from "../../src/model/simulate-failures.ts";
import { simulateMany } from "../../src/model/simulate-many.ts";
import { simulateOverheads } from "../../src/model/simulate-overheads.ts";

test("threads give what one thread gives, replication by replication, in the order of the request", async () => {
  const sweep = { ...publishedSweep, blockers: 4 };
  const requests = { ...publishedRequests, clients: 20, timeoutsShareWorker: false, tickMs: null };
  const lagsMs = [0.1, 0.3];
  const shared = { workers: 4, discipline: "shared queue", lagsMs, replications: 3 } as const;
  const [overheads, failures] = await simulateMany(
    [
      { ...shared, load: { kind: "sweep", design: sweep } },
      { ...shared, load: { kind: "requests", design: requests } },
    ],
    2,
  );
  const alone = { lagsMs, replications: 3 };
  expect(overheads).toEqual(simulateOverheads(sweep, 4, () => sharedQueue, alone));
  expect(failures?.map(([share]) => share)).toEqual(simulateFailures(requests, 4, () => sharedQueue, alone));
});
