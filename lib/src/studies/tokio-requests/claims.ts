import type { Claim } from "../../ledger/claim.ts";
import { allOf, atLeast, within } from "../../ledger/judge.ts";
import { ofPool } from "../../ledger/of-pool.ts";
import { type Estimate, shareDifferenceOf, shareOf } from "../../summary/estimate.ts";
import { publishedWorkers } from "../../tables/main-workers.ts";
import { type RequestLevels, requestCounts, type TokioRequestsData } from "./analysis.ts";

const shown = {
  experiment: "tokio-requests",
  evidence: { notebook: "18-tokio", cell: "tokio-requests-table" },
} as const;
const published = { lifoSlot: "on", load: "closed-loop", placement: "before-deadline" } as const;

/** What a host's data can say about requests on Tokio. */
export const tokioRequestsClaims: readonly Claim<TokioRequestsData>[] = [
  {
    ...shown,
    id: "tokio-published-knee",
    statement:
      "The published failure rates come again on this host, to ten percentage points, where the block comes before the timer.",
    source: "tokio",
    expected: {
      verdict: "holds",
      because: "shares depend on the ratio of blocks to workers, not on the machine",
    },
    margin: "failure rate at 20, 30 and 50 clients within ten points of 5.5, 37 and 94 %",
    needs: "closed loop, block before the deadline, 20, 30 and 50 clients",
    judge: (data) => {
      const near = (clients: number, share: number) =>
        within(failureRate(data, { ...published, clients }), share - 0.1, share + 0.1);
      const all = {
        "20 clients": near(20, 0.055),
        "30 clients": near(30, 0.37),
        "50 clients": near(50, 0.94),
      };
      return ofPool(publishedWorkers, data, allOf(all));
    },
  },
  {
    ...shown,
    id: "tokio-placement-moves-knee",
    statement: "With the block under the timer, a tenth more of the requests of 20 clients fail, or above.",
    source: "this study",
    expected: { verdict: "holds", because: "half of the time-out is gone before the first sleep" },
    margin: "failure rate added at 20 clients, at least 0.1",
    needs: "closed loop, both placements, 20 clients",
    judge: (data) =>
      atLeast(added(data, { ...published, clients: 20 }, { placement: "inside-deadline" }), 0.1),
  },
  {
    ...shown,
    id: "tokio-slot-spares-requests",
    statement:
      "Taking away the slot for the task woken last changes the failures of 30 clients by ten percentage points at most.",
    source: "this study",
    expected: { verdict: "holds", because: "blocks wait in requests, which come from timers in numbers" },
    margin: "failure rate added by taking the slot away at 30 clients, within ten points of nothing",
    needs: "closed loop, block before the deadline, with and without the slot, 30 clients",
    judge: (data) => within(added(data, { ...published, clients: 30 }, { lifoSlot: "off" }), -0.1, 0.1),
  },
  {
    ...shown,
    id: "tokio-open-loop-fails-first",
    statement:
      "Ten clients that do not wait for their answers lose half or more of their requests beyond what as many that wait lose.",
    source: "this study",
    expected: {
      verdict: "holds",
      because: "ten clients ask for six workers' worth of blocks, and closed ones slow down instead",
    },
    margin: "failure rate added by the open loop at 10 clients, at least 0.5",
    needs: "block before the deadline, both loads, 10 clients",
    judge: (data) => atLeast(added(data, { ...published, clients: 10 }, { load: "open-loop" }), 0.5),
  },
];

function failureRate(data: TokioRequestsData, levels: RequestLevels): Estimate {
  return shareOf(...requestCounts(data, levels));
}

function added(data: TokioRequestsData, levels: RequestLevels, change: Partial<RequestLevels>): Estimate {
  return shareDifferenceOf(requestCounts(data, { ...levels, ...change }), requestCounts(data, levels));
}
