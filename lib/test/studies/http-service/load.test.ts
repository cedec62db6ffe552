import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { InstrumentError } from "../../../src/measure/study-error.ts";
import { closedLoopLoad } from "../../../src/studies/http-service/closed-loop-load.ts";
import { fixedRateLoad } from "../../../src/studies/http-service/fixed-rate-load.ts";
import { generateLoad } from "../../../src/studies/http-service/generate-load.ts";
import { isOwnFault, ownFault } from "../../../src/studies/http-service/load-fault.ts";
import type { ClosedLoopPlan } from "../../../src/studies/http-service/load-plan.ts";

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const never = new AbortController().signal;
const endless: ClosedLoopPlan = { kind: "closed-loop", connections: 3, loadMs: 60_000, blocking: [false] };

test("a fixed rate counts from intended starts and waits for no answer", async () => {
  const waiting: ServerResponse[] = [];
  const port = await serve((_, response) => {
    waiting.push(response);
    // Nobody is answered before the last request has come.
    if (waiting.length === 4) for (const each of waiting) each.end();
  });
  const attempts = await fixedRateLoad(port, {
    kind: "fixed-rate",
    intendedMs: [0, 5, 10, 15],
    blocking: [true, false, false, true],
    retries: 0,
  });
  const inOrder = attempts.toSorted((a, b) => a.sent - b.sent);
  expect(inOrder.map(({ beganUs }) => beganUs)).toEqual([0, 5000, 10_000, 15_000]);
  expect(inOrder.map(({ blocking }) => blocking)).toEqual([true, false, false, true]);
  // Node's timers may fire a fraction of a millisecond early; what is late or early is told, with its sign.
  expect(inOrder.every(({ lateUs }) => lateUs !== null && lateUs > -1000)).toBe(true);
});

test("a failed request is sent again as often as the plan says, under a number of its own", async () => {
  const port = await serve((_, response) => response.writeHead(504).end());
  const attempts = await fixedRateLoad(port, {
    kind: "fixed-rate",
    intendedMs: [0],
    blocking: [true],
    retries: 2,
  });
  expect(attempts.map(({ request, attempt, sent, status }) => ({ request, attempt, sent, status }))).toEqual([
    { request: 0, attempt: 0, sent: 0, status: 504 },
    { request: 0, attempt: 1, sent: 1, status: 504 },
    { request: 0, attempt: 2, sent: 2, status: 504 },
  ]);
  expect(attempts.map(({ lateUs }) => lateUs === null)).toEqual([false, true, true]);
});

test("a connection that worked and is then closed is an attempt without a status", async () => {
  const known = new Set<unknown>();
  const port = await serve(({ socket }, response) => {
    if (known.has(socket)) socket.destroy();
    else response.writeHead(504).end();
    known.add(socket);
  });
  // Retries go out as soon as the answer is there: sooner or later on the connection that it came on.
  const retries = 20;
  const plan = { kind: "fixed-rate", intendedMs: [0], blocking: [false], retries } as const;
  const attempts = await fixedRateLoad(port, plan);
  expect(attempts.map(({ status }) => status)).toContain(null);
});

test("a closed loop has one request under way on each connection and knows which it was", async () => {
  let underWay = 0;
  let most = 0;
  const asked = new Set<string>();
  const port = await serve((request, response) => {
    most = Math.max(most, ++underWay);
    asked.add(request.url ?? "");
    setImmediate(() => {
      underWay--;
      response.writeHead(request.url?.startsWith("/blocking") ? 504 : 200).end();
    });
  });
  const attempts = await closedLoopLoad(port, {
    kind: "closed-loop",
    connections: 3,
    loadMs: 2000,
    blocking: [true, false, false],
  });
  expect(most).toBeLessThanOrEqual(3);
  expect(attempts.length).toBeGreaterThan(0);
  expect(new Set(attempts.map(({ sent }) => sent)).size).toBe(attempts.length);
  for (const { sent, blocking, status } of attempts) {
    expect(blocking).toBe(sent % 3 === 0);
    expect(status).toBe(blocking ? 504 : 200);
    expect(asked).toContain(`/${blocking ? "blocking" : "plain"}/${sent}`);
  }
});

test("the load's process hands back its attempts", async () => {
  const port = await serve((_, response) => response.end());
  const plan = { kind: "fixed-rate", intendedMs: [0, 1], blocking: [false, false], retries: 0 } as const;
  expect(await generateLoad(port, plan, never)).toHaveLength(2);
});

test("an aborted load has ended when its promise rejects", async () => {
  const stop = new AbortController();
  const port = await serve((_, response) => {
    response.end();
    stop.abort();
  });
  await expect(generateLoad(port, endless, stop.signal)).rejects.toThrow("SIGKILL");
});

test("the load ends when its parent is killed", async () => {
  let requests = 0;
  const port = await serve((_, response) => {
    requests++;
    response.end();
  });
  const parent = fork(join(import.meta.dirname, "fixtures", "load-parent.ts"), [String(port)]);
  while (requests < 200) await once(server as Server, "request");
  parent.kill("SIGKILL");
  await once(parent, "exit");
  const connections = () =>
    new Promise<number>((resolve) => server?.getConnections((_, count) => resolve(count)));
  while ((await connections()) > 0) await new Promise(setImmediate);
  const before = requests;
  await new Promise(setImmediate);
  expect(requests).toBe(before);
});

test("what the load itself cannot do is no failed request: the run has a reason", async () => {
  const port = await serve((_, response) => response.end());
  server?.closeAllConnections();
  server?.close();
  server = null;
  const plan = { kind: "fixed-rate", intendedMs: [0, 1], blocking: [false], retries: 0 } as const;
  await expect(fixedRateLoad(port, plan)).rejects.toThrow(InstrumentError);
  await expect(fixedRateLoad(port, plan)).rejects.toThrow("load generator, ECONNREFUSED");
  await expect(generateLoad(port, plan, never)).rejects.toThrow(InstrumentError);
});

test("what a closed loop itself cannot do is no failed request either", async () => {
  // Below those that are given to whoever asks for any: nobody else listens on it before the load begins.
  const port = 1;
  // In a process of its own: autocannon connects anew until its time is up, though the load has failed.
  const load = join(import.meta.dirname, "fixtures", "closed-loop.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [load, String(port)]);
  expect(stdout).toBe("InstrumentError: load generator, ECONNREFUSED");
});

test.each([
  ["EMFILE", "connect", true],
  ["EMFILE", "open", true],
  ["ENFILE", "socket", true],
  ["ENOBUFS", "write", true],
  ["ENOMEM", "read", true],
  ["EAGAIN", "connect", true],
  ["EADDRNOTAVAIL", "connect", true],
  ["ECONNREFUSED", "connect", true],
  ["ECONNRESET", "connect", true],
  ["ECONNRESET", "read", false],
  ["EPIPE", "write", false],
])("the load is told from the service it loads: %s at %s", (code, syscall, own) => {
  const error = Object.assign(new Error("connection failed"), { code, syscall });
  expect(isOwnFault(error)).toBe(own);
  expect(ownFault(error)).toMatchObject({ message: `load generator, ${code}`, cause: error });
});

test("a connection that is reset before its first answer is the load's fault", async () => {
  const port = await serve((request) => request.socket.resetAndDestroy());
  const plan = { kind: "fixed-rate", intendedMs: [0], blocking: [false], retries: 0 } as const;
  await expect(fixedRateLoad(port, plan)).rejects.toThrow("load generator, ECONNRESET");
});

test("a load that may open no further file has a reason with its code, and no failed requests", async () => {
  const port = await serve(() => {});
  // Node itself holds about twenty files open.
  const limited = 'ulimit -n 24 && exec "$0" "$1" "$2"';
  for (const name of ["exhausted-load.ts", "closed-loop.ts"]) {
    const load = join(import.meta.dirname, "fixtures", name);
    const { stdout } = await promisify(execFile)("sh", ["-c", limited, process.execPath, load, String(port)]);
    expect(stdout).toBe("InstrumentError: load generator, EMFILE");
  }
});
