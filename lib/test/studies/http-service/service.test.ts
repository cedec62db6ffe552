import { setImmediate as turn } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import {
  type HttpService,
  startHttpService,
  type Treatment,
} from "../../../src/studies/http-service/service.ts";

let service: HttpService | null = null;
afterEach(async () => {
  await service?.close();
  service = null;
});

/** One worker, held three times as long as any request may take. */
async function start(treatment: Treatment): Promise<HttpService> {
  service = await startHttpService({ treatment, workers: 1, thinkMs: 1, blockMs: 900, deadlineMs: 300 });
  return service;
}

async function get(path: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${service?.port}${path}`);
  await response.arrayBuffer();
  return response.status;
}

/** Sends the blocking request first, so that the plain one finds the worker held. */
async function blockedThenPlain({ records }: HttpService): Promise<number[]> {
  const blocking = get("/blocking/0");
  while (typeof records.get(0)?.handedNs !== "number") await turn();
  return Promise.all([blocking, get("/plain/1")]);
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
  expect(await blockedThenPlain(await start("offloaded"))).toEqual([504, 200]);
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
