import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { Admission } from "../../src/attach/admission.ts";

/** Lets one task in at once, which one holds until it is told to leave, as does one that is late; `sent` has those that the pool got. */
function full() {
  const admission = new Admission(1);
  const [gate, lateGate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const sent: string[] = [];
  const run = (task: string, signal?: unknown) =>
    admission.run(signal, async () => {
      sent.push(task);
      if (task === "first") await gate.promise;
      if (task === "late") await lateGate.promise;
    });
  const first = run("first");
  const leave = () => {
    gate.resolve();
    return first;
  };
  return { admission, sent, run, leave, leaveLate: lateGate.resolve };
}

test("lets so many in at once, and the others first come first served", async () => {
  const { sent, run, leave } = full();
  const others = [run("second"), run("third")];
  expect(sent).toEqual(["first"]);
  await leave();
  await Promise.all(others);
  expect(sent).toEqual(["first", "second", "third"]);
});

test.each([
  ["a signal that was aborted before", AbortSignal.abort()],
  ["one of another make", Object.assign(new EventEmitter(), { aborted: true })],
])("sends a task at once for the pool to refuse: %s", async (_, signal) => {
  const { sent, run } = full();
  await run("aborted", signal);
  expect(sent).toEqual(["first", "aborted"]);
});

test("sends a task at once that is aborted while it waits, by a signal or by an emitter", async () => {
  const { sent, run, leave } = full();
  const controller = new AbortController();
  const emitter = new EventEmitter();
  const waiting = run("waits");
  const foreign = new EventTarget();
  const { addEventListener, removeEventListener } = foreign;
  const polyfill = {
    addEventListener: addEventListener.bind(foreign),
    removeEventListener: removeEventListener.bind(foreign),
  };
  const aborted = [
    run("by a signal", controller.signal),
    run("by an emitter", emitter),
    run("by a foreign signal", polyfill),
  ];
  emitter.emit("abort");
  controller.abort();
  foreign.dispatchEvent(new Event("abort"));
  await Promise.all(aborted);
  expect(sent.toSorted()).toEqual(["by a foreign signal", "by a signal", "by an emitter", "first"]);
  await leave();
  await waiting;
  expect(sent.at(-1)).toBe("waits");
});

test("listens to no signal any longer than its task waits", async () => {
  const { run, leave } = full();
  const emitter = new EventEmitter();
  const waiting = run("waits", emitter);
  expect(emitter.listenerCount("abort")).toBe(1);
  await leave();
  await waiting;
  expect(emitter.listenerCount("abort")).toBe(0);
});

test("tells when those that wait have been sent, whoever comes later", async () => {
  const { admission, sent, run, leave, leaveLate } = full();
  const waiting = [run("second"), run("late")];
  const emptied = admission.emptied();
  const later = run("later");
  await leave();
  await emptied;
  expect(sent).toEqual(["first", "second", "late"]);
  leaveLate();
  await Promise.all([...waiting, later]);
});

test("refuses those that wait where nothing is to be sent any more", async () => {
  const { admission, sent, run, leave } = full();
  const emitter = new EventEmitter();
  const waiting = run("second", emitter);
  admission.refuseAll(() => new Error("Nothing is sent any more"));
  await expect(waiting).rejects.toThrow("Nothing is sent any more");
  expect(emitter.listenerCount("abort")).toBe(0);
  await leave();
  await run("later");
  expect(sent).toEqual(["first", "later"]);
});
