import { expect, test } from "vitest";
import type { Attempt } from "../../../src/studies/http-service/load-plan.ts";
import { serviceSamples } from "../../../src/studies/http-service/samples.ts";
import type { ServiceRecord } from "../../../src/studies/http-service/service.ts";

const attempt = (sent: number, status: number | null): Attempt => ({
  sent,
  status,
  request: sent,
  attempt: 0,
  blocking: false,
  beganUs: sent * 1000,
  lateUs: null,
  latencyUs: 500,
});

const record = (
  handedNs: number | null,
  startedNs: number | null,
  endedNs: number | null,
): ServiceRecord => ({
  receivedNs: 1e6,
  handedNs,
  startedNs,
  endedNs,
});

const records = new Map([
  [0, record(11e6, 12e6, 62e6)],
  [1, record(11e6, 60e6, 101e6)],
  [2, record(11e6, null, null)],
  [3, record(11e6, 60e6, 102e6)],
]);

const samples = serviceSamples(
  [attempt(3, 504), attempt(1, 504), attempt(2, 504), attempt(0, 200), attempt(4, null)],
  records,
  100,
);

test("attempts are told in the order of sending, by what their answer was", () => {
  expect(samples.outcome).toEqual(["completed", "timed-out", "timed-out", "timed-out", "failed"]);
  expect(Array.from(samples.beganUs)).toEqual([0, 1000, 2000, 3000, 4000]);
});

test("waits and holds come from the server, missing where no worker was reached", () => {
  expect(samples.waitUs).toEqual([1000, 49_000, null, 49_000, null]);
  expect(samples.heldUs).toEqual([50_000, 41_000, null, 42_000, null]);
});

test("a time-out is false when its work had ended within the deadline", () => {
  expect(samples.falseTimeout).toEqual([false, true, false, false, false]);
});
