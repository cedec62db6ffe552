import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { makeHeldFolder, sweepHeldFolders } from "../../src/measure/held-folder.ts";

const module = new URL("../../src/measure/held-folder.ts", import.meta.url).href;

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "held-"));
  return () => rmSync(parent, { recursive: true, force: true });
});

/** A program that makes a folder, says its path and waits to be killed. */
function holder(): { readonly program: ReturnType<typeof spawn>; readonly path: Promise<string> } {
  const text = `import { makeHeldFolder } from ${JSON.stringify(module)};
    console.log(makeHeldFolder("browser", ${JSON.stringify(parent)}).path); setInterval(() => {}, 1e6);`;
  const program = spawn(process.execPath, ["--input-type=module", "--eval", text], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void program.kill("SIGKILL"));
  return { program, path: once(program.stdout, "data").then(([line]) => String(line).trim()) };
}

async function leftFolder(): Promise<string> {
  const { program, path } = holder();
  const left = await path;
  program.kill("SIGKILL");
  await once(program, "exit");
  return left;
}

test("a folder stays as long as its holder lives, and the next sweep after it was killed removes it", async () => {
  const own = makeHeldFolder("notebooks", parent);
  const { program, path } = holder();
  const other = await path;
  writeFileSync(join(other, "file"), "");
  sweepHeldFolders(parent);
  expect(readdirSync(parent).sort()).toEqual([own.path, other].map((folder) => basename(folder)).sort());
  program.kill("SIGKILL");
  await once(program, "exit");
  sweepHeldFolders(parent);
  expect(readdirSync(parent)).toEqual([basename(own.path)]);
  own.remove();
  expect(readdirSync(parent)).toEqual([]);
});

test("a folder whose maker was killed before it held it goes, that of one who lives stays", () => {
  const { pid: dead } = spawnSync("true");
  for (const name of [`run-${dead}-Empty1`, `run-${dead}-Aside1`, `run-${process.pid}-Living`])
    mkdirSync(join(parent, `scheduling-safety-${name}`));
  writeFileSync(join(parent, `scheduling-safety-run-${dead}-Aside1`, ".held-by-scheduling-safety.aside"), "");
  sweepHeldFolders(parent);
  expect(readdirSync(parent)).toEqual([`scheduling-safety-run-${process.pid}-Living`]);
});

test("what a user keeps there stays, however it is named", () => {
  const { pid: dead } = spawnSync("true");
  const folders = [
    "scheduling-safety-data-20261130-final",
    `scheduling-safety-postgres-${dead}-abcdef`,
    "scheduling-safety-notes-2026-AbCdEf",
    "scheduling-safety-data",
  ];
  for (const name of folders) {
    mkdirSync(join(parent, name));
    writeFileSync(join(parent, name, "results"), "");
  }
  writeFileSync(join(parent, "scheduling-safety-notes-2026-final.txt"), "");
  writeFileSync(join(parent, "scheduling-safety-notes-2026-abcdef"), "");
  const before = readdirSync(parent);
  sweepHeldFolders(parent);
  expect(readdirSync(parent)).toEqual(before);
  for (const name of folders) expect(readdirSync(join(parent, name))).toEqual(["results"]);
});

test("a link is not followed, and the name of a lock alone makes nothing ours", async () => {
  const left = await leftFolder();
  const [lock = ""] = readdirSync(left);
  const elsewhere = mkdtempSync(join(tmpdir(), "elsewhere-"));
  onTestFinished(() => rmSync(elsewhere, { recursive: true }));
  writeFileSync(join(elsewhere, lock), "");
  symlinkSync(elsewhere, join(parent, "scheduling-safety-browser-1-LinkTo"));
  mkdirSync(join(parent, "scheduling-safety-browser-1-NoLock", lock), { recursive: true });
  sweepHeldFolders(parent);
  expect(existsSync(join(elsewhere, lock))).toBe(true);
  expect(readdirSync(parent).sort()).toEqual([
    "scheduling-safety-browser-1-LinkTo",
    "scheduling-safety-browser-1-NoLock",
  ]);
});

test("where no folder can be made, that is told with what to do", () => {
  writeFileSync(join(parent, "file"), "");
  expect(() => makeHeldFolder("browser", join(parent, "file"))).toThrow(
    `temporary folder cannot be used (EEXIST): ${join(parent, "file")}; correct it, or set TMPDIR to another`,
  );
});

test("a sweep that cannot look or remove is no error", () => {
  expect(() => sweepHeldFolders(join(parent, "nowhere"))).not.toThrow();
  writeFileSync(join(parent, "file"), "");
  expect(() => sweepHeldFolders(join(parent, "file"))).not.toThrow();
});
