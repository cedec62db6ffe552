import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../../measure/entry-beside.ts";
import { parseData } from "../../measure/parse-json.ts";
import { NotTestableError } from "../../measure/study-error.ts";
import {
  type LibuvPoolAnswer,
  type LibuvPoolJob,
  type LibuvRecord,
  libuvPoolAnswer,
  libuvPoolMessage,
} from "./pool-messages.ts";

const entry = fileURLToPath(entryBeside(import.meta.url, "libuv-pool-process"));

/**
 * Gives the process an `/etc/resolv.conf` and a loopback device of its own, in namespaces that end with it; nothing is
 * changed for anybody else, and no file remains.
 */
const ownResolver = [
  "mount -t tmpfs tmpfs /mnt",
  "echo 'nameserver 127.0.0.1' > /mnt/resolv.conf",
  "mount --bind /mnt/resolv.conf /etc/resolv.conf",
  "umount -l /mnt",
  'exec "$0" "$@"',
].join(" && ");

/**
 * The thread pool behind `fs`, `dns.lookup`, `crypto`, `zlib` and every native package: one a process, shared by all its
 * threads, first in, first out, of `threads` threads. Its size is read from the environment when a process starts, so a
 * process of its own runs the job and has ended when this resolves.
 *
 * @throws {NotTestableError} where slow lookups cannot be made on loopback, or FFI is refused.
 * @see https://docs.libuv.org/en/stable/threadpool.html
 */
export async function runOnLibuvPool(threads: number, job: LibuvPoolJob): Promise<readonly LibuvRecord[]> {
  const command = [process.execPath, ...process.execArgv, entry];
  const isolated = job.blocking === "slow-lookup";
  if (isolated && process.platform !== "linux") {
    throw new NotTestableError(
      `a late name server needs network namespaces, which ${process.platform} has not`,
    );
  }
  const [program = "", ...rest] = isolated
    ? ["unshare", "--user", "--map-root-user", "--mount", "--net", "sh", "-c", ownResolver, ...command]
    : command;
  const child = spawn(program, rest, {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: { ...process.env, UV_THREADPOOL_SIZE: String(threads) },
    serialization: "advanced",
  });
  const answer = await answerOf(child, job, isolated);
  if ("notTestable" in answer) throw new NotTestableError(answer.notTestable);
  return answer.records;
}

/** Sends the job, waits for the answer, and for the end of the process. */
function answerOf(child: ChildProcess, job: LibuvPoolJob, isolated: boolean): Promise<LibuvPoolAnswer> {
  return new Promise((resolve, reject) => {
    let told: unknown;
    let output = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.on("message", (message) => {
      told = message;
    });
    child.on("error", (cause) => {
      const failure = `process of the libuv pool did not start: ${cause.message}`;
      reject(isolated ? new NotTestableError(failure, { cause }) : new Error(failure, { cause }));
    });
    child.on("close", (code, signal) => {
      if (told !== undefined)
        return resolve(Promise.try(() => parseData(told, libuvPoolAnswer, libuvPoolMessage)));
      const said = output.trim();
      // Our own code has thrown where Node says so; before that, the host has refused the namespaces.
      if (isolated && !said.includes("Node.js v")) {
        reject(new NotTestableError(`a private name server was refused: ${said}`));
      } else reject(new Error(`process of the libuv pool ended (${signal ?? code}): ${said}`));
    });
    child.send(job, () => {});
  });
}
