import { expect, test } from "vitest";
import { type LockRounds, LockRoundsWorkload, measuredConvoy } from "../../src/model/lock-rounds.ts";
import { sharedQueue } from "../../src/model/shared-queue.ts";
import { Simulation } from "../../src/model/simulation.ts";
import { seededRandom } from "../../src/stats/random.ts";

const workers = 4;

function run(blockers: number, change: Partial<LockRounds> = {}, seed = 1): LockRoundsWorkload {
  const random = seededRandom(seed);
  const workload = new LockRoundsWorkload({ ...measuredConvoy, ...change, blockers, random });
  new Simulation(workload, workers, sharedQueue).run();
  return workload;
}

test("every round of everybody ends once, with blockers and without", () => {
  for (const blockers of [0, 3, 4, 5]) {
    const { finished } = run(blockers);
    expect(finished.contenders + finished.bystanders).toBe(measuredConvoy.users * measuredConvoy.rounds);
    expect(finished.contenders).toBe(310);
  }
});

test("one task at a time has the lock, and it goes to the oldest in line", () => {
  const { holds, lines } = run(4);
  for (const [i, hold] of holds.entries()) {
    expect(hold.fromMs).toBeGreaterThanOrEqual(holds[i - 1]?.untilMs ?? 0);
  }
  const served = lines.filter(({ user, untilMs }) =>
    holds.some((hold) => hold.user === user && hold.fromMs === untilMs),
  );
  expect(served.length).toBeGreaterThan(5);
  for (const [i, { fromMs }] of served.entries()) {
    expect(fromMs).toBeGreaterThanOrEqual(served[i - 1]?.fromMs ?? 0);
  }
});

test("while one worker is free no round fails; when none is, the lock's fail and hardly another", () => {
  expect(run(3).failed).toEqual({ contenders: 0, bystanders: 0 });
  const { failed, finished } = run(4);
  expect(failed.contenders / finished.contenders).toBeGreaterThan(0.9);
  expect(failed.bystanders / finished.bystanders).toBeLessThan(0.02);
  const without = run(4, { contendingShare: 0 });
  expect(without.holds).toEqual([]);
  expect(without.failed.contenders / without.finished.contenders).toBeLessThan(0.02);
});

test("a turn with the lock is its polls' waits: four steps of a queue that is served once a block", () => {
  const { holds } = run(4);
  const full = holds.map(({ fromMs, untilMs }) => untilMs - fromMs).sort((a, b) => a - b);
  // Four blockers out of step end a block every 12.5 ms on average; a turn handed over needs four polls.
  const longest = full.at(-1) ?? 0;
  expect(longest).toBeGreaterThan(35);
  expect(longest).toBeLessThan(4 * 60);
  expect(run(0).holds.every(({ fromMs, untilMs }) => untilMs - fromMs < 1)).toBe(true);
});
