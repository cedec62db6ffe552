import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";

const folder = mkdtempSync(join(tmpdir(), "kernel-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a kernel whose starter died while it loaded ends by itself", async () => {
  const connection = join(folder, "connection.json");
  const ports = ["shell", "iopub", "stdin", "control", "hb"].map((name) => [`${name}_port`, 0]);
  const about = { ip: "127.0.0.1", transport: "tcp", key: "k", signature_scheme: "hmac-sha256" };
  writeFileSync(connection, JSON.stringify({ ...about, ...Object.fromEntries(ports) }));
  const { pid: dead } = spawnSync("true");
  const kernel = spawn(process.execPath, [join(projectRoot, "lib/dist/publish/kernel.js"), connection], {
    stdio: "ignore",
    env: { ...process.env, JPY_PARENT_PID: String(dead) },
  });
  expect(await once(kernel, "exit")).toEqual([null, "SIGKILL"]);
});
