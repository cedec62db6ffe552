import { expect, test } from "vitest";
import { EndedPools } from "../../src/watchdog/ended-pools.ts";
import { WatchedPool } from "../../src/watchdog/watched-pool.ts";

/** What a pool came to in which one task waited for so long (ns), and another is under way. */
function came(name: string, waitNs: number) {
  const pool = new WatchedPool(name, 1, 20, 10);
  pool.tracker.take({ kind: "started", atNs: 0, record: 1, task: "resize" });
  const times = { pool: 0, task: 0, thread: 1, submittedNs: 0, startedNs: waitNs, endedNs: waitNs };
  pool.count({ ...times, settledNs: waitNs });
  return pool.metrics(0);
}

test("the counts of a name go on with each pool that has it, and what goes on is the last one's", () => {
  const ended = new EndedPools();
  ended.add(came("images", 1e9));
  ended.add(came("images", 2e9));
  expect(ended.joined([])).toMatchObject([{ pool: "images", tasks: 2, held: 0, wait: { sum: 3 } }]);
  const [joined, ...others] = ended.joined([came("images", 4e9)]);
  expect(others).toEqual([]);
  expect(joined).toMatchObject({ pool: "images", tasks: 3, held: 1, wait: { sum: 7 } });
  expect(joined?.wait.counts.reduce((sum, count) => sum + count)).toBe(3);
});

test("names without end do not fill the memory", () => {
  const ended = new EndedPools();
  for (let number = 0; number < 2000; number++) ended.add(came(`job ${number}`, 0));
  const names = ended.joined([]).map(({ pool }) => pool);
  expect(names).toHaveLength(1000);
  expect(names.at(-1)).toBe("job 1999");
});
