import { execFileSync, execSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { NotTestableError } from "../../../measure/study-error.ts";
import { type BlockingSource, plainCall } from "../blocking-source.ts";

const cell = new Int32Array(new SharedArrayBuffer(4));

/** A thread sleep: what `std::thread::sleep` is elsewhere. */
export const atomicsWait = {
  name: "atomics-wait",
  family: "sleep",
  expected: "parked",
  meaning: "Atomics.wait of 50 ms",
  prepare: async () => plainCall(() => void Atomics.wait(cell, 0, 0, 50)),
} as const satisfies BlockingSource;

/** Reads a big file that the kernel holds in memory: the executable of the runtime itself, so none has to be made. */
export const readCachedFile = {
  name: "read-cached-file",
  family: "io",
  expected: "computing",
  meaning: "fs.readFileSync of the runtime's own executable, from the page cache",
  prepare: async () => plainCall(() => void readFileSync(process.execPath)),
} as const satisfies BlockingSource;

/** Waits for a shell command. */
export const execSleep = {
  name: "exec-sync",
  family: "io",
  expected: "parked",
  meaning: "execSync of `sleep 0.05`",
  prepare: async () => {
    if (process.platform === "win32") throw new NotTestableError("exec-sync needs the command sleep");
    return plainCall(() => void execSync("sleep 0.05"));
  },
} as const satisfies BlockingSource;

/**
 * Resolves a name synchronously the way libraries do it on Node, which has no synchronous resolver: in a child. The
 * name is resolved without a network.
 */
export const dnsSync = {
  name: "dns-sync",
  family: "io",
  expected: "parked",
  meaning: "execFileSync of a Node child that runs dns.lookup of localhost",
  prepare: async () => plainCall(() => void execFileSync(process.execPath, ["-e", lookup])),
} as const satisfies BlockingSource;

const lookup = 'require("node:dns").lookup("localhost", () => {})';
