import { expect, test } from "vitest";
import { WatchedPool } from "../../src/watchdog/watched-pool.ts";

const ms = 1e6;

/** One worker that `resize` holds from a moment on while `thumbnail` waits. */
function starve(pool: WatchedPool, fromMs: number, first: number): void {
  const step = (kind: "submitted" | "started", record: number, task: string, atMs: number) =>
    pool.tracker.take({ kind, atNs: atMs * ms, record, task });
  step("submitted", first, "resize", fromMs);
  step("started", first, "resize", fromMs);
  step("submitted", first + 1, "thumbnail", fromMs + 1);
}

function end(pool: WatchedPool, atMs: number, first: number): void {
  pool.tracker.take({ kind: "ended", atNs: atMs * ms, record: first, task: "resize" });
  pool.tracker.take({ kind: "started", atNs: atMs * ms, record: first + 1, task: "thumbnail" });
  pool.tracker.take({ kind: "ended", atNs: (atMs + 1) * ms, record: first + 1, task: "thumbnail" });
}

test("a stack that comes after its incident is not taken for the next one's", () => {
  const pool = new WatchedPool("images", 1, 20, 10);
  starve(pool, 0, 0);
  expect(pool.at(30 * ms)).toMatchObject([{ kind: "began" }]);
  const first = pool.takeHoldToAsk(90 * ms);
  end(pool, 100, 0);
  expect(pool.at(200 * ms)).toMatchObject([{ kind: "over", incident: { stack: null } }]);
  starve(pool, 300, 2);
  expect(pool.at(330 * ms)).toMatchObject([{ kind: "began", incident: { stack: null, noStack: null } }]);
  const second = pool.takeHoldToAsk(390 * ms);
  pool.setStack(first?.ask as number, { stack: "resize (old.js:1)", noStack: null });
  pool.setStack(second?.ask as number, { stack: "resize (new.js:1)", noStack: null });
  pool.setStack(first?.ask as number, { stack: "resize (old.js:1)", noStack: null });
  end(pool, 400, 2);
  expect(pool.at(500 * ms)).toMatchObject([{ kind: "over", incident: { stack: "resize (new.js:1)" } }]);
  pool.setStack(second?.ask as number, { stack: "resize (late.js:1)", noStack: null });
  starve(pool, 600, 4);
  expect(pool.at(630 * ms)).toMatchObject([{ kind: "began", incident: { stack: null } }]);
});

test("tells of a hold that only its last look saw", () => {
  const pool = new WatchedPool("images", 1, 20, 10);
  starve(pool, 0, 0);
  expect(pool.at(19 * ms)).toEqual([]);
  expect(pool.tracker.heldSinceNs).toBe(0);
  expect(pool.at(21 * ms)).toMatchObject([
    { kind: "began", incident: { culprits: [{ longestHoldNs: 21 * ms }] } },
  ]);
  end(pool, 25, 0);
  expect(pool.tracker.heldSinceNs).toBeNull();
});
