import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  type HttpService,
  startHttpService,
  type Treatment,
} from "../../../src/studies/http-service/service.ts";

const deadlineMs = 300;
/** Long enough for a second request to come meanwhile, on however busy a host. */
const blockMs = 2000;

let service: HttpService | null = null;
// Deadlines pass when a test says so.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(async () => {
  vi.useRealTimers();
  await service?.close();
  service = null;
});

async function start(treatment: Treatment): Promise<HttpService> {
  service = await startHttpService({ treatment, workers: 1, thinkMs: 1, blockMs, deadlineMs });
  return service;
}

async function get(path: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${service?.port}${path}`);
  await response.arrayBuffer();
  return response.status;
}

async function untilHanded({ records }: HttpService, request: number): Promise<void> {
  while (typeof records.get(request)?.handedNs !== "number") await turn();
}

/** Sends the blocking request first, so that the plain one finds the worker held; then the deadline of both passes. */
async function blockedThenPlain(running: HttpService): Promise<number[]> {
  const blocking = get("/blocking/0");
  await untilHanded(running, 0);
  const plain = get("/plain/1");
  await untilHanded(running, 1);
  vi.advanceTimersByTime(deadlineMs);
  return Promise.all([blocking, plain]);
}

async function untilWorked({ records }: HttpService, request: number): Promise<void> {
  while (typeof records.get(request)?.endedNs !== "number") await turn();
}

test("answers in time while a worker is free", async () => {
  const { records } = await start("as-is");
  expect(await get("/plain/7")).toBe(200);
  expect(records.get(7)?.endedNs).toBeTypeOf("number");
});

test("as is, a request that was answered 504 still takes its worker", async () => {
  const running = await start("as-is");
  expect(await blockedThenPlain(running)).toEqual([504, 504]);
  await untilWorked(running, 1);
  expect(running.records.get(1)?.startedNs).toBeTypeOf("number");
});

test("offloaded, the plain request does not meet the blocking one", async () => {
  const running = await start("offloaded");
  const blocking = get("/blocking/0");
  await untilHanded(running, 0);
  expect(await get("/plain/1")).toBe(200);
  vi.advanceTimersByTime(deadlineMs);
  expect(await blocking).toBe(504);
});

test("with a signal, the queued request never starts, and the running one ends in peace", async () => {
  const running = await start("abort-queued");
  expect(await blockedThenPlain(running)).toEqual([504, 504]);
  await untilWorked(running, 0);
  expect(await get("/plain/2")).toBe(200);
  expect(running.records.get(1)?.startedNs).toBeNull();
});

test("an expired request is skipped: its worker is back at once", async () => {
  const running = await start("skip-expired");
  expect(await blockedThenPlain(running)).toEqual([504, 504]);
  await untilWorked(running, 1);
  const record = running.records.get(1);
  expect(record?.endedNs).toBe(record?.startedNs);
});
