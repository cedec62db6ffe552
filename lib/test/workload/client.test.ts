import { expect, test } from "vitest";
import { runOnBareTimer } from "../../src/executor/bare-timer.ts";
import { requestEvent, takesBlockingPath } from "../../src/workload/client.ts";

const request = { blockingShare: 0.3, blockMs: 5, sleeps: 10, sleepMs: 1, timeoutMs: 60_000 };

test("requests 0, 2, 5, 10, 13, 15 and 18 of the first twenty take the blocking path", () => {
  const blocking = Array.from({ length: 20 }, (_, index) => index).filter((index) =>
    takesBlockingPath(index, 0.3),
  );
  expect(blocking).toEqual([0, 2, 5, 10, 13, 15, 18]);
});

test("the share of blocking requests is 30 % in any long stretch", () => {
  const count = (from: number) =>
    Array.from({ length: 1000 }, (_, index) => from + index).filter((index) => takesBlockingPath(index, 0.3))
      .length;
  expect([count(0), count(500), count(12345)].every((blocked) => Math.abs(blocked - 300) <= 2)).toBe(true);
});

test("a request that has time completes its ten sleeps, and its own block does not count against its timer", async () => {
  const { events, polls } = await runOnBareTimer([
    { program: "client", parameters: { ...request, client: 0, requests: 3, startMs: 0 } },
  ]);
  expect(events.map((event) => field(event, "request"))).toEqual([0, 1, 2]);
  expect(events.map((event) => field(event, "polls"))).toEqual([10, 10, 10]);
  expect(events.map((event) => field(event, "timedOut"))).toEqual([0, 0, 0]);
  expect(events.map((event) => field(event, "blocking"))).toEqual([1, 0, 1]);
  for (const event of events) {
    const blocking = field(event, "blocking");
    const own = polls.tag.filter((tag) => tag === field(event, "request"));
    expect(own).toHaveLength(10 + blocking);
    expect(field(event, "latencyNs") - field(event, "timedNs")).toBeGreaterThanOrEqual(blocking * 5e6);
  }
});

test("a request without enough time times out, after fewer sleeps, and is no false time-out", async () => {
  const { events } = await runOnBareTimer([
    { program: "client", parameters: { ...request, timeoutMs: 3, client: 0, requests: 1, startMs: 0 } },
  ]);
  const event = events[0] as number[];
  expect(field(event, "timedOut")).toBe(1);
  expect(field(event, "polls")).toBeLessThan(10);
  expect(field(event, "falseTimeout")).toBe(0);
});

test("an open-loop request is late from its intended start on", async () => {
  const parameters = { ...request, client: 0, round: 2, request: 2, intendedMs: 10 };
  const hog = {
    program: "arrival",
    parameters: { ...parameters, request: 0, intendedMs: 8, blockMs: 20 },
  } as const;
  const { events } = await runOnBareTimer([hog, { program: "arrival", parameters }]);
  const late = events.find((event) => field(event, "request") === 2) as number[];
  expect(field(late, "beganNs")).toBe(10e6);
  expect(field(late, "latencyNs")).toBeGreaterThan(18e6);
  expect(field(late, "waitNs")).toBeGreaterThan(15e6);
});

function field(event: readonly number[], name: (typeof requestEvent)[number]): number {
  return event[requestEvent.indexOf(name)] as number;
}
