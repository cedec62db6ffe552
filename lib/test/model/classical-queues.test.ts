import { describe, expect, test } from "vitest";
import { erlangC, erlangWait } from "../../src/model/erlang-c.ts";
import { type PoissonArrivals, PoissonArrivalsWorkload } from "../../src/model/poisson-arrivals.ts";
import { sharedQueue } from "../../src/model/shared-queue.ts";
import { Simulation, type Workload } from "../../src/model/simulation.ts";
import { seededRandom } from "../../src/stats/random.ts";

/** Customers with a mean service of 1 ms, offered `load` erlangs. */
function simulate(
  servers: number,
  load: number,
  service: PoissonArrivals["service"],
  arrivals: number,
  seed = 1,
) {
  const workload = new PoissonArrivalsWorkload({
    arrivals,
    warmUp: 10_000,
    meanBetweenMs: 1 / load,
    meanServiceMs: 1,
    service,
    places: 10_000,
    random: seededRandom(seed),
  });
  const simulation = new Simulation(workload, servers, sharedQueue).run();
  return { workload, simulation, meanWait: workload.waitedMs / workload.counted };
}

describe("Erlang C", () => {
  test.each([
    // Cooper (1981), Introduction to Queueing Theory, and any table of Erlang's delay formula.
    [1, 0.5, 0.5],
    [2, 1, 1 / 3],
    [3, 2, 4 / 9],
    // https://www.callcentrehelper.com/erlang-c-formula-example-121281.htm: 10 erlangs, 11 to 14 agents.
    [11, 10, 0.682],
    [12, 10, 0.449],
    [13, 10, 0.285],
    [14, 10, 0.174],
  ])("%i servers, %f erlangs: %f must wait", (servers, load, delayed) => {
    expect(erlangC(servers, load)).toBeCloseTo(delayed, 3);
  });

  test("refuses a load without a steady state", () => {
    expect(() => erlangC(4, 4)).toThrow(/load must be from 0 to below 4 erlangs/);
    expect(() => erlangC(0.5, 0.1)).toThrow(/servers must be an integer/);
  });
});

/**
 * Mean wait of an M/D/c queue in service times: Crommelin (1932), as the positive parts of a random walk (Spitzer's
 * identity), the sum over i of P(N(ia) ≥ ic) − c/a · P(N(ia) > ic) with N Poisson. For c = 1 it is a / 2(1 − a).
 */
function crommelinWait(servers: number, load: number): number {
  let sum = 0;
  for (let i = 1; ; i++) {
    const mean = i * load;
    const least = i * servers;
    const part = poissonAtLeast(mean, least) - (servers / load) * poissonAtLeast(mean, least + 1);
    sum += part;
    if (part < 1e-10) return sum;
  }
}

function poissonAtLeast(mean: number, least: number): number {
  let logFactorial = 0;
  for (let k = 2; k <= least; k++) logFactorial += Math.log(k);
  let term = Math.exp(-mean + least * Math.log(mean) - logFactorial);
  let tail = 0;
  for (let k = least; term > 1e-18; k++) {
    tail += term;
    term *= mean / (k + 1);
  }
  return tail;
}

describe("simulated classical queues", () => {
  test("the oracle of M/D/c agrees with Pollaczek and Khinchine for one server", () => {
    for (const load of [0.3, 0.5, 0.8])
      expect(crommelinWait(1, load)).toBeCloseTo(load / (2 * (1 - load)), 6);
  });

  test.each([
    [1, 0.5],
    [2, 1.6],
    [4, 3.2],
    [16, 14],
    [64, 56],
  ])("M/M/%i at %f erlangs waits as Erlang says", (servers, load) => {
    const { workload, meanWait } = simulate(servers, load, "exponential", 3_000_000);
    expect(workload.delayed / workload.counted / erlangC(servers, load)).toBeCloseTo(1, 1);
    expect(Math.abs(meanWait / erlangWait(servers, load) - 1)).toBeLessThan(0.03);
  });

  test.each([
    [1, 0.5],
    [1, 0.8],
    [2, 1.6],
    [4, 3.2],
    [16, 14],
  ])("M/D/%i at %f erlangs waits as Crommelin says", (servers, load) => {
    const { meanWait } = simulate(servers, load, "constant", 3_000_000);
    expect(Math.abs(meanWait / crommelinWait(servers, load) - 1)).toBeLessThan(0.03);
  });

  test("Little's law holds exactly: the waiting customers over time are the waits of all customers", () => {
    const { workload } = simulate(4, 3.5, "exponential", 100_000);
    expect(workload.waitingMs / workload.allWaitedMs).toBeCloseTo(1, 9);
  });

  test("every customer comes once and leaves once, in two events", () => {
    const { workload, simulation } = simulate(4, 2, "constant", 500_000);
    expect(workload.counted).toBe(490_000);
    expect(simulation.events).toBe(1_000_000);
  });

  test("the same seed repeats every digit, another seed does not", () => {
    const first = simulate(4, 3.2, "exponential", 50_000, 7).meanWait;
    expect(simulate(4, 3.2, "exponential", 50_000, 7).meanWait).toBe(first);
    expect(simulate(4, 3.2, "exponential", 50_000, 8).meanWait).not.toBe(first);
  });

  test("one queue serves in order of arrival", () => {
    const random = seededRandom(1);
    const arrivedMs = Array.from({ length: 5000 }, () => random() * 1000);
    const ended: number[] = [];
    const workload: Workload = {
      tasks: arrivedMs.length,
      place: (task) => task,
      begin: (simulation) => {
        for (const [task, timeMs] of arrivedMs.entries()) {
          simulation.holdMs[task] = random();
          simulation.sleepUntil(task, timeMs);
        }
      },
      ended: (task) => ended.push(task),
    };
    const { startedMs } = new Simulation(workload, 2, sharedQueue).run();
    const inOrder = [...arrivedMs.keys()].sort((a, b) => Number(arrivedMs[a]) - Number(arrivedMs[b]));
    const starts = inOrder.map((task) => startedMs[task] as number);
    expect(ended).toHaveLength(arrivedMs.length);
    expect(starts.every((start, i) => i === 0 || start >= Number(starts[i - 1]))).toBe(true);
    expect(starts.every((start, i) => start >= Number(arrivedMs[inOrder[i] as number]))).toBe(true);
  });
});
