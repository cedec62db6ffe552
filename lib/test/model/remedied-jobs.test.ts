import { expect, test } from "vitest";
import {
  disciplineOfRemedy,
  type ModelledRemedy,
  measuredRemedies,
  poolsOfRemedy,
  RemediedJobsWorkload,
} from "../../src/model/remedied-jobs.ts";
import { Simulation } from "../../src/model/simulation.ts";
import { seededRandom } from "../../src/stats/random.ts";

function run(remedy: ModelledRemedy, callers = 6) {
  const design = { ...measuredRemedies, remedy, callers };
  const workload = new RemediedJobsWorkload({ ...design, random: seededRandom(3) });
  new Simulation(workload, poolsOfRemedy(remedy).length, disciplineOfRemedy(design)).run();
  const late = Array.from(workload.delaysMs).filter((_, probe) => probe < design.probes);
  return { workload, late, most: Math.max(...late) };
}

test("as is, six jobs of 50 ms on two workers: whoever comes waits for two whole jobs and the rest of one", () => {
  const { late, workload } = run("as-is");
  const waited = late.filter((ms) => ms > 1);
  expect(Math.max(...waited)).toBeLessThan(150.1);
  expect(waited.filter((ms) => ms < 99).length / waited.length).toBeLessThan(0.02);
  expect(workload.jobsEndedMs.slice(0, 4)).toEqual([50, 50, 100, 100]);
});

test("cut in ten, the same queue is a tenth as long", () => {
  const { most } = run("chunked");
  expect(most).toBeLessThan(15.1);
  expect(most).toBeGreaterThan(10);
});

test.each(["admission", "isolated", "async"] as const)("under %s nobody else waits", (remedy) => {
  expect(run(remedy).most).toBeLessThan(0.1);
});

test("admission runs one job at a time, a second pool two, timers all at once", () => {
  const perWindow = (remedy: ModelledRemedy) =>
    run(remedy).workload.jobsEndedMs.filter((ms) => ms <= 500).length;
  expect([perWindow("admission"), perWindow("isolated"), perWindow("async")]).toEqual([10, 20, 60]);
});

test("without callers nobody waits, and no job ends", () => {
  const { most, workload } = run("as-is", 0);
  expect(most).toBeLessThan(0.1);
  expect(workload.jobsEndedMs).toEqual([]);
});
