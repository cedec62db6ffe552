import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { leaveNote, readNote, removeNote } from "../../src/trace/trace-note.ts";
import { runWatched } from "../run-node.ts";

let folder: string;
let notes: string;
let precious: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "note-test-"));
  notes = join(folder, `scheduling-safety-watch-${process.getuid?.()}`);
  precious = join(folder, "precious");
  writeFileSync(precious, "as it was");
  vi.stubEnv("TMPDIR", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const ownNote = () => join(notes, String(process.pid));

test("says where a process's trace lies until it is taken back", () => {
  expect(readNote(process.pid)).toBeNull();
  expect(leaveNote("/traces/1")).toBeNull();
  expect(readNote(process.pid)).toBe("/traces/1");
  removeNote("/traces/of-another-watch");
  expect(readNote(process.pid)).toBe("/traces/1");
  removeNote("/traces/1");
  expect(readdirSync(notes)).toEqual([]);
});

test.each([
  ["that all may write to", () => chmodSync(notes, 0o777)],
  [
    "that is a link",
    () => {
      rmSync(notes, { recursive: true });
      mkdirSync(join(folder, "elsewhere"));
      symlinkSync(join(folder, "elsewhere"), notes);
    },
  ],
  // Only root can give folders away.
  ...(process.getuid?.() === 0 ? [["of another user", () => chownSync(notes, 65_534, 65_534)] as const] : []),
] as const)("neither writes nor believes notes in a folder %s", (_, take) => {
  mkdirSync(notes, { mode: 0o700 });
  take();
  symlinkSync(precious, ownNote());
  expect(leaveNote("/traces/1")).toBe(
    `folder of notes is not this user's alone: ${notes}; have it removed, and until then name a trace by its folder`,
  );
  expect(readFileSync(precious, "utf8")).toBe("as it was");
  expect(() => readNote(process.pid)).toThrow("folder of notes is not this user's alone");
});

test("a note takes the place of a link rather than going through it", () => {
  mkdirSync(notes, { mode: 0o700 });
  symlinkSync(precious, ownNote());
  expect(leaveNote("/traces/1")).toBeNull();
  expect(readFileSync(precious, "utf8")).toBe("as it was");
  expect(readNote(process.pid)).toBe("/traces/1");
});

test("removes what processes that were killed have left, and nothing of those that live", () => {
  const { pid } = spawnSync(process.execPath, ["-e", "0"]);
  mkdirSync(notes, { mode: 0o700 });
  for (const name of [pid, process.ppid, "readme"]) writeFileSync(join(notes, String(name)), "");
  leaveNote("/traces/1");
  expect(readdirSync(notes).sort()).toEqual([String(process.ppid), String(process.pid), "readme"].sort());
});

test("a watched program takes its note back at its end, and says once where it left none", async () => {
  const options = `trace=${join(folder, "trace")},mainMs=60000,libuvMs=60000`;
  const run = () => runWatched("starved-app.mjs", options, ["5"], { env: { TMPDIR: folder } });
  expect(await run()).toMatchObject({ code: 0 });
  expect(existsSync(notes)).toBe(true);
  expect(readdirSync(notes)).toEqual([]);
  chmodSync(notes, 0o777);
  const { code, err } = await run();
  expect(code).toBe(0);
  expect(err.match(/^\[watch\] folder of notes is not this user's alone: /gm)).toHaveLength(1);
});
