import { EventEmitter } from "node:events";
import type { Session } from "node:inspector";
import { expect, test } from "vitest";
import { findMainStack } from "../../src/watchdog/main-stack.ts";

/** A session whose thread pauses only when it is told to. */
class SlowSession extends EventEmitter {
  readonly posted: string[] = [];
  connected = false;
  connectToMainThread() {
    this.connected = true;
  }
  post(method: string) {
    if (!this.connected) throw new Error("Session is not connected");
    this.posted.push(method);
  }
  disconnect() {
    this.connected = false;
  }
}

const frame = { functionName: "resize", location: { scriptId: "1", lineNumber: 2 } };

test("a main thread that pauses too late is left alone", async () => {
  const session = new SlowSession();
  expect(await findMainStack(session as unknown as Session, 1)).toMatchObject({ stack: null });
  session.emit("Debugger.paused", { params: { callFrames: [frame] } });
  expect(session.posted).toEqual(["Debugger.enable", "Debugger.pause"]);
});

test("says where the main thread was when it paused, and lets it go on", async () => {
  const session = new SlowSession();
  const found = findMainStack(session as unknown as Session, 60_000);
  session.emit("Debugger.scriptParsed", { params: { scriptId: "1", url: "file:///app/images.js" } });
  session.emit("Debugger.paused", { params: { callFrames: [frame] } });
  expect(await found).toEqual({ stack: "resize (images.js:3)", noStack: null });
  expect(session.posted.at(-1)).toBe("Debugger.resume");
  expect(session.connected).toBe(false);
});
