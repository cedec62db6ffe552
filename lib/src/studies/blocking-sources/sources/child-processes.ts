import { execFileSync, execSync } from "node:child_process";
import { NotTestableError } from "../../../measure/study-error.ts";
import { type BlockingSource, plainCall } from "../blocking-source.ts";

/** Waits for a shell command. */
export const execSleep: BlockingSource = {
  name: "exec-sync",
  family: "io",
  expected: "parked",
  meaning: "execSync of `sleep 0.05`",
  prepare: async () => {
    if (process.platform === "win32") throw new NotTestableError("exec-sync needs the command sleep");
    return plainCall(() => void execSync("sleep 0.05"));
  },
};

/**
 * Resolves a name synchronously the way libraries do it on Node, which has no synchronous resolver: in a child. The
 * name is resolved without a network.
 */
export const dnsSync: BlockingSource = {
  name: "dns-sync",
  family: "io",
  expected: "parked",
  meaning: "execFileSync of a Node child that runs dns.lookup of localhost",
  prepare: async () => plainCall(() => void execFileSync(process.execPath, ["-e", lookup])),
};

const lookup = 'require("node:dns").lookup("localhost", () => {})';
