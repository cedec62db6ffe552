import { expect, test } from "vitest";
import type { Incident } from "../../src/incident/incident.ts";
import { TaskMemory } from "../../src/memory/task-memory.ts";
import { TaskRecords } from "../../src/memory/task-records.ts";
import { watchSettings } from "../../src/options.ts";
import { Lines } from "../../src/watchdog/lines.ts";
import type { ToWatchdog } from "../../src/watchdog/messages.ts";
import { Watchdog } from "../../src/watchdog/watchdog.ts";

const ms = 1e6;

/** A watchdog whose clock, messages and lines are the test's; libuv's pool never answers. */
function start() {
  const memory = new TaskMemory();
  const clock = { nowNs: 0 };
  const inbox: ToWatchdog[] = [];
  const told: { readonly kind: string; readonly incident: Incident }[] = [];
  const watchdog = new Watchdog(memory, watchSettings({ mainMs: 100, libuvMs: 100, stacks: false }), {
    now: () => clock.nowNs,
    trivialCall: () => {},
    lines: new Lines(() => {}),
    trace: null,
    tell: (message) => {
      if (message.kind === "began" || message.kind === "over") told.push(message);
    },
    isThere: () => true,
    inbox: () => inbox.splice(0),
    mainStack: null,
  });
  const lookAt = (atNs: number) => {
    clock.nowNs = atNs;
    watchdog.look();
  };
  return { memory, inbox, told, watchdog, lookAt };
}

test("ends what goes on when the process ends: a blocked main thread, a call that waits for libuv's pool", () => {
  const { memory, told, watchdog, lookAt } = start();
  memory.beatNs = 30 * ms;
  lookAt(30 * ms);
  lookAt(140 * ms);
  lookAt(500 * ms);
  watchdog.finish();
  const tellings = told.map(({ kind, incident }) => [kind, incident.kind, incident.starvedNs / ms]);
  expect(tellings).toEqual([
    ["began", "main", 110],
    ["began", "libuv", 110],
    ["over", "main", 470],
    ["over", "libuv", 470],
  ]);
});

test("says nothing at the end of a process of which it has not said that it began", () => {
  const { memory, told, watchdog, lookAt } = start();
  memory.beatNs = 30 * ms;
  lookAt(30 * ms);
  lookAt(90 * ms);
  watchdog.finish();
  expect(told).toEqual([]);
});

test("what a pool leaves under way that is no longer watched takes no place for ever", () => {
  const { memory, inbox, watchdog, lookAt } = start();
  const records = new TaskRecords(memory);
  inbox.push({ kind: "pool", pool: 0, name: "reports", workers: 1, holdMs: 20, waitMs: 10 });
  for (let task = 0; task < 5; task++) records.submit(0, 0, false);
  const nowNs = Number(process.hrtime.bigint());
  lookAt(nowNs);
  expect(watchdog.restMs()).toBe(10);
  inbox.push({ kind: "forget-pool", pool: 0 });
  lookAt(nowNs + 20 * ms);
  lookAt(nowNs + 40 * ms);
  expect(watchdog.restMs()).toBe(25);
});
