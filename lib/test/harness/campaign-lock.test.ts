import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const module = new URL("../../src/harness/campaign-lock.ts", import.meta.url);

/** To root everything is writable: whom a system calls nobody takes its place. */
const ordinary = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

function asOrdinaryUser(program: string) {
  return spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    ...ordinary,
    encoding: "utf8",
  });
}

const canReadModule =
  process.platform !== "win32" &&
  asOrdinaryUser(`(await import("node:fs")).accessSync(${JSON.stringify(fileURLToPath(module))})`).status ===
    0;

test.runIf(canReadModule)(
  "a lock that one may read but not write is refused, as it would exclude nobody",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "lock-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    chmodSync(folder, 0o755);
    const lock = join(folder, "lock");
    writeFileSync(lock, "", { mode: 0o444 });
    const { stdout } = asOrdinaryUser(`
    const { lockCampaign } = await import(${JSON.stringify(module.href)});
    try { lockCampaign(${JSON.stringify(lock)}); console.log("locked"); }
    catch ({ name, message }) { console.log(name + ": " + message); }`);
    expect(stdout).toBe(
      `DataError: lock cannot be opened (EACCES: permission denied, access '${lock}'): ${lock}; correct its permissions and the limit of open files, or choose with --out a disk that can lock files\n`,
    );
  },
);
