import fc from "fast-check";
import { expect, test } from "vitest";
import { attributeWait } from "../../src/attribution/attribute-wait.ts";
import { PoolTracker, type Step } from "../../src/watchdog/pool-tracker.ts";

const limits = { holdNs: 20, waitNs: 10, quietNs: 50 };

/** A task's steps: submitted, started and ended at these times. */
function task(record: number, name: string, ...times: readonly number[]): Step[] {
  const kinds = ["submitted", "started", "ended"] as const;
  return times.map((atNs, at) => ({ kind: kinds[at] as Step["kind"], atNs, record, task: name }));
}

function tracker(workers: number, ...tasks: readonly Step[][]): PoolTracker {
  const pool = new PoolTracker("images", workers, limits);
  for (const step of tasks.flat().sort((a, b) => a.atNs - b.atNs)) pool.take(step);
  return pool;
}

test("tells an incident once every worker is held long enough and somebody waits long enough", () => {
  const pool = tracker(2, task(1, "resize", 0, 0), task(2, "resize", 5, 5), task(3, "thumbnail", 8));
  expect(pool.at(19)).toEqual([]);
  const [began] = pool.at(26);
  expect(began).toMatchObject({
    kind: "began",
    incident: { pool: "images", workers: 2, beganNs: 8, endedNs: null, starvedNs: 18, notAttributable: 0 },
  });
  expect(pool.at(27)).toEqual([]);
});

test("tells it over when it has been quiet, with who held, who waited, and how long", () => {
  const pool = tracker(2, task(1, "resize", 0, 0), task(2, "resize", 0, 0), task(3, "thumbnail", 10));
  pool.at(40);
  for (const step of task(1, "resize", 0, 0, 60).slice(2)) pool.take(step);
  pool.take({ kind: "started", atNs: 60, record: 3, task: "thumbnail" });
  pool.take({ kind: "ended", atNs: 61, record: 3, task: "thumbnail" });
  pool.take({ kind: "ended", atNs: 80, record: 2, task: "resize" });
  expect(pool.at(100)).toEqual([]);
  expect(pool.at(110)).toEqual([
    {
      kind: "over",
      incident: expect.objectContaining({
        beganNs: 10,
        endedNs: 60,
        starvedNs: 50,
        culprits: [{ task: "resize", share: 1, workers: 2, longestHoldNs: 80 }],
        victims: [{ task: "thumbnail", count: 1, waitedNs: 50, longestWaitNs: 50 }],
      }),
    },
  ]);
});

test("waits with its record for the end of a hold that had part in it, but not for ever", () => {
  const histories = [[300], []];
  const [ended, goesOn] = histories.map((ends) => {
    const pool = tracker(2, task(1, "resize", 0, 0), task(2, "resize", 0, 0), task(3, "thumbnail", 0));
    pool.at(40);
    for (const step of task(1, "resize", 0, 0, 40).slice(2)) pool.take(step);
    pool.take({ kind: "started", atNs: 40, record: 3, task: "thumbnail" });
    pool.take({ kind: "ended", atNs: 41, record: 3, task: "thumbnail" });
    expect(pool.at(250)).toEqual([]);
    for (const atNs of ends) pool.take({ kind: "ended", atNs, record: 2, task: "resize" });
    return pool.at(540);
  });
  expect(ended).toMatchObject([
    { kind: "over", incident: { starvedNs: 40, culprits: [{ longestHoldNs: 300 }] } },
  ]);
  expect(goesOn).toMatchObject([
    { kind: "over", incident: { starvedNs: 40, culprits: [{ longestHoldNs: 40 }] } },
  ]);
});

test("accuses nobody while one worker is free, however long a task waits", () => {
  const pool = tracker(2, task(1, "resize", 0, 0), task(2, "thumbnail", 0));
  expect(pool.at(1000)).toEqual([]);
  expect(pool.finish()).toEqual([]);
});

test("calls many short holds load, not an incident", () => {
  const short = Array.from({ length: 20 }, (_, at) => task(at, "small", 0, at * 5, at * 5 + 5));
  const pool = tracker(1, ...short);
  expect(pool.at(100)).toEqual([]);
  expect(pool.at(200)).toEqual([{ kind: "load", longestWaitNs: expect.any(Number) }]);
});

test("says what part of a wait was for a blocked main thread, and what part nothing explains", () => {
  const pool = tracker(1, task(1, "resize", 0, 0), task(2, "thumbnail", 10));
  pool.at(40);
  pool.take({ kind: "ended", atNs: 50, record: 1, task: "resize" });
  pool.setMainBlocks([{ fromNs: 40, toNs: 70 }]);
  pool.take({ kind: "started", atNs: 90, record: 2, task: "thumbnail" });
  pool.take({ kind: "ended", atNs: 91, record: 2, task: "thumbnail" });
  const [over] = pool.at(150);
  expect(over).toMatchObject({
    kind: "over",
    incident: { behindMainThread: 20 / 80, notAttributable: 0.25 },
  });
});

test("ends a hold when its task leaves without an end, as when its worker is killed", () => {
  const pool = tracker(1, task(1, "resize", 0, 0), task(2, "thumbnail", 0));
  pool.take({ kind: "left", atNs: 5, record: 1, task: "resize" });
  expect(pool.at(100)).toEqual([]);
  expect(pool.holding.size).toBe(0);
});

test("agrees with the rule of attribution on every history", () => {
  const history = fc.record({
    workers: fc.integer({ min: 1, max: 3 }),
    tasks: fc.array(
      fc.record({ name: fc.constantFrom("a", "b"), at: fc.nat(100), hold: fc.integer({ min: 1, max: 60 }) }),
      { minLength: 1, maxLength: 12 },
    ),
  });
  fc.assert(
    fc.property(history, ({ workers, tasks }) => {
      const ran = serve(workers, tasks);
      const steps = ran.map(({ name, at, start, end }, record) => task(record, name, at, start, end));
      const pool = new PoolTracker("p", workers, { ...limits, holdNs: 1, waitNs: 1, quietNs: 1e9 });
      for (const step of order(steps.flat())) pool.take(step);
      const names = ["a", "b"];
      const polls = {
        task: ran.map(({ name }) => names.indexOf(name)),
        startedNs: ran.map(({ start }) => start),
        endedNs: ran.map(({ end }) => end),
      };
      const whole = attributeWait([{ fromNs: 0, toNs: 1e6 }], { polls, names }, workers);
      expect(pool.starvedNs).toBe(whole.starvedNs);
      const waits = ran
        .map(({ at, start }) => ({ fromNs: at, toNs: start }))
        .filter((w) => w.toNs > w.fromNs);
      const starved = waits.map((wait) => attributeWait([wait], { polls, names }, workers).starvedNs);
      const [over] = pool.finish().filter(({ kind }) => kind === "over");
      const longest = Math.max(0, ...waits.map(({ fromNs, toNs }) => toNs - fromNs));
      const told = over?.kind === "over" ? (over.incident.victims[0]?.longestWaitNs ?? 0) : 0;
      expect(told).toBe(Math.max(...starved, 0) > 0 ? longest : 0);
    }),
  );
});

/** Serves tasks first come first served, as a work-conserving pool does: a wait is always one for a held worker. */
function serve(workers: number, tasks: readonly { name: string; at: number; hold: number }[]) {
  const free = new Array<number>(workers).fill(0);
  return [...tasks]
    .sort((a, b) => a.at - b.at)
    .map(({ name, at, hold }) => {
      const worker = free.indexOf(Math.min(...free));
      const start = Math.max(at, free[worker] as number);
      free[worker] = start + hold;
      return { name, at, start, end: start + hold };
    });
}

/** At one moment ends come first and submissions before starts, as they do on a worker and in a queue. */
function order(steps: readonly Step[]): Step[] {
  const rank = { ended: 0, left: 0, submitted: 1, started: 2 };
  return [...steps].sort((a, b) => a.atNs - b.atNs || rank[a.kind] - rank[b.kind]);
}
