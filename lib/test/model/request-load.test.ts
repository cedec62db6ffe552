import { describe, expect, test } from "vitest";
import { eventLoops } from "../../src/model/event-loops.ts";
import { collapseClients, kneeClients } from "../../src/model/request-knee.ts";
import { publishedRequests, type RequestLoad, RequestLoadWorkload } from "../../src/model/request-load.ts";
import { sharedQueue } from "../../src/model/shared-queue.ts";
import { simulateFailures } from "../../src/model/simulate-failures.ts";
import { type Discipline, Simulation } from "../../src/model/simulation.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { takesBlockingPath } from "../../src/workload/client.ts";

const shared = { ...publishedRequests, timeoutsShareWorker: false, tickMs: null };

function failureShare(
  clients: number,
  discipline: Discipline,
  timeoutsShareWorker: boolean,
  tickMs: number | null = null,
): number {
  const design = { ...publishedRequests, clients, timeoutsShareWorker, tickMs };
  const shares = simulateFailures(design, 4, () => discipline, { lagsMs: [0.1, 0.2, 0.3], replications: 20 });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

function play(load: Partial<RequestLoad> & { clients: number }, workers: number) {
  const random = seededRandom(1);
  const workload = new RequestLoadWorkload({ ...shared, lagMs: () => 0, random, ...load });
  return { workload, simulation: new Simulation(workload, workers, sharedQueue).run() };
}

describe("closed forms", () => {
  test("4 workers are all busy from 6.7 clients on: W (D + Z) / D with D = 15 ms, Z = 10 ms", () => {
    expect(kneeClients({ ...publishedRequests, workers: 4 })).toBeCloseTo(6.667, 3);
  });

  test("the average request reaches its time-out at 31.4 clients", () => {
    expect(collapseClients({ ...publishedRequests, workers: 4 })).toBeCloseTo(31.39, 2);
  });

  test("without blocking there is no knee", () => {
    expect(() => kneeClients({ ...publishedRequests, blockingShare: 0, workers: 4 })).toThrow(
      /blocking must/,
    );
  });
});

describe("simulated requests", () => {
  test("a request alone takes its ten sleeps, and its block if it blocks", () => {
    const { workload, simulation } = play({ clients: 1 }, 4);
    const blocking = Array.from({ length: 20 }, (_, number) => takesBlockingPath(number, 0.3));
    const expectedMs = 20 * 10 + blocking.filter(Boolean).length * 50;
    expect(workload).toMatchObject({ failures: 0, completed: 20 });
    expect(simulation.nowMs).toBeGreaterThan(expectedMs);
    expect(simulation.nowMs).toBeLessThan(expectedMs + 25 + 1);
  });

  test("every client sends all its requests, completed or not", () => {
    const { workload } = play({ clients: 50 }, 4);
    expect(workload.failures + workload.completed).toBe(1000);
    expect(workload.failures).toBeGreaterThan(0);
  });

  test("workers that never rest complete W / D requests a millisecond, no more", () => {
    const clients = 200;
    const { workload, simulation } = play({ clients, requests: 100, timeoutMs: 1e9 }, 4);
    expect(workload.completed).toBe(clients * 100);
    const perMs = workload.completed / simulation.nowMs;
    expect(perMs / (4 / 15)).toBeGreaterThan(0.98);
    expect(perMs / (4 / 15)).toBeLessThan(1.01);
  });

  test("about half of the requests fail where the closed form says on a shared queue", () => {
    const clients = Math.round(collapseClients({ ...publishedRequests, workers: 4 }));
    expect(failureShare(clients, sharedQueue, false)).toBeGreaterThan(0.2);
    expect(failureShare(clients, sharedQueue, false)).toBeLessThan(0.8);
  });

  test("nobody fails at the knee on a shared queue, nearly everybody at 50 clients", () => {
    expect(failureShare(7, sharedQueue, false)).toBe(0);
    expect(failureShare(50, sharedQueue, false)).toBeGreaterThan(0.8);
  });

  test("timers that fire together keep clients in step, so that their blocks fall into one lap", () => {
    expect(failureShare(30, eventLoops, true, 1.2)).toBeGreaterThan(
      failureShare(30, eventLoops, true) + 0.03,
    );
  });

  test("a tick makes a sleep of 1 ms last until the next tick but one at most", () => {
    const { workload, simulation } = play({ clients: 1, blockingShare: 0, tickMs: 1.2, requests: 1 }, 1);
    expect(workload.completed).toBe(1);
    // Ten ticks after the start, which lies on a tick itself.
    expect((simulation.nowMs / 1.2) % 1).toBeLessThan(0.02);
  });

  test("in open loop every request is sent once, at its own time, by its client's worker", () => {
    const { workload, simulation } = play({ clients: 2, blockingShare: 0, loop: "open" }, 4);
    expect(workload.tasks).toBe(40);
    expect([0, 19, 20, 39].map((task) => workload.place(task))).toEqual([0, 0, 1, 1]);
    expect(workload).toMatchObject({ failures: 0, completed: 40 });
    // Without blocking, a request each 10 ms: the last one starts 190 to 200 ms after the first moment.
    expect(simulation.nowMs).toBeGreaterThan(200);
    expect(simulation.nowMs).toBeLessThan(211);
  });

  test("an open loop beyond what workers can carry fails nearly everybody, and a closed one does not", () => {
    const share = (loop: "open" | "closed") => {
      const { failures, completed } = play({ clients: 15, requests: 200, loop }, 4).workload;
      return failures / (failures + completed);
    };
    expect(share("open")).toBeGreaterThan(0.8);
    expect(share("closed")).toBeLessThan(0.1);
  });

  test("event loops fail earlier, because a loop can be unlucky by itself", () => {
    expect(failureShare(15, eventLoops, true)).toBeGreaterThan(failureShare(15, sharedQueue, false));
  });
});
