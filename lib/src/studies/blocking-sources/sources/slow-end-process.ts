/** The child behind `startSlowEnd`: slow end of named pipes, and guardian of their folder. */
import { execFileSync } from "node:child_process";
import { constants, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { makeOwnedFolder } from "../../../measure/owned-folder.ts";

const pauseMs = 50;
const chunk = Buffer.alloc(65_536, "x");

const [role] = process.argv.slice(2);
const folder = makeOwnedFolder("pipes");
// Opening a pipe may hold a thread of libuv for ever, and an orderly exit would wait for it.
const leave = (): void => {
  rmSync(folder, { recursive: true, force: true });
  process.kill(process.pid, "SIGKILL");
};
process.stdin.resume().on("close", leave);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

const pipes = (role === "feeds" ? ["even", "odd"] : ["only"]).map((name) => join(folder, name));
try {
  execFileSync("mkfifo", pipes, { stdio: "ignore" });
  process.stdout.write(pipes.join("\n"));
  await (role === "feeds" ? feed() : drain());
} finally {
  leave();
}

/**
 * In turn, because a reader that has not yet seen the end of one pipe would take the next portion from it, too. A pipe that
 * is opened as it is removed is not made anew as a file, which would keep the folder.
 */
async function feed(): Promise<void> {
  for (let portion = 0; ; portion++) {
    const pipe = await open(pipes[portion % pipes.length] as string, constants.O_WRONLY);
    await delay(pauseMs);
    await pipe.write(chunk).catch(() => {});
    await pipe.close();
  }
}

async function drain(): Promise<void> {
  const pipe = await open(pipes[0] as string, "r");
  while ((await pipe.read(chunk)).bytesRead > 0) await delay(pauseMs);
}
