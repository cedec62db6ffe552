import { randomFill } from "node:crypto";
import { existsSync } from "node:fs";
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { listeningVariable } from "../attach/tell-listening.ts";
import { nowNs } from "../memory/clock.ts";
import { TaskMemory } from "../memory/task-memory.ts";
import { Lines, openLines } from "./lines.ts";
import { findMainStack } from "./main-stack.ts";
import type { ToWatchdog, WatchdogData } from "./messages.ts";
import { Watchdog } from "./watchdog.ts";

const { memory: buffer, settings, isMainThread, command, originNs } = workerData as WatchdogData;
const port = parentPort;
if (port === null) throw new TypeError("the watchdog is a thread of the process that it watches");
// What few need is loaded only for them: the watch is to be there when the first task comes.
const { TraceWriter } = settings.trace === undefined ? {} : await import("../trace/trace-writer.ts");
const { serveMetrics } =
  settings.metricsPort === undefined ? {} : await import("../metrics/serve-metrics.ts");
const memory = new TaskMemory(buffer);
const lines = new Lines(openLines(settings.lines));
const byte = new Uint8Array(1);

const watchdog = new Watchdog(memory, settings, {
  now: nowNs,
  trivialCall: (done) => randomFill(byte, done),
  lines,
  trace:
    TraceWriter?.open(settings.trace as string, {
      mebibytes: settings.traceMiB,
      keepsEnded: process.env[listeningVariable] !== undefined,
      command,
      originNs,
      say,
    }) ?? null,
  tell: (message) => port.postMessage(message),
  isThere: (kernelThread) => existsSync(`/proc/self/task/${kernelThread}`),
  inbox,
  mainStack: isMainThread ? () => findMainStack() : null,
});
serveMetrics?.(settings.metricsPort as number, () => watchdog.metrics(), say);

// A message wakes the thread; what it says is heard in the next look, in order with what the memory says.
const heard: ToWatchdog[] = [];
port.on("message", (message: ToWatchdog) => {
  heard.push(message);
  if (message.kind === "finish") look();
});
goOn();

function goOn(): void {
  look();
  if (!watchdog.finished) setTimeout(goOn, watchdog.restMs());
}

function look(): void {
  if (!watchdog.finished) watchdog.look();
  if (watchdog.asked && !watchdog.finished) watchdog.finish();
}

function inbox(): ToWatchdog[] {
  for (;;) {
    const next = receiveMessageOnPort(port as NonNullable<typeof parentPort>);
    if (next === undefined) return heard.splice(0);
    heard.push(next.message as ToWatchdog);
  }
}

function say(line: string): void {
  lines.say(line, "", nowNs());
}
