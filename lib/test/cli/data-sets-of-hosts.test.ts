import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { registerClaims } from "../../src/cli/claims.ts";
import { registerExport } from "../../src/cli/export.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { defineStudy } from "../../src/studies/study.ts";
import { coins, smallDataSet } from "../audit/small-data-set.ts";

const module = new URL("../audit/small-data-set.ts", import.meta.url);
const study = defineStudy({ name: coins.name, module, experiment: () => coins, claims: [], figures: {} });

let hosts: string;
let printed: string;
let complained: string;
beforeEach(() => {
  hosts = mkdtempSync(join(tmpdir(), "hosts-"));
  printed = "";
  complained = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    complained += String(text);
    return true;
  });
  return () => vi.restoreAllMocks();
});
afterEach(() => rmSync(hosts, { recursive: true }));

function putHost(name: string): void {
  cpSync(smallDataSet(), join(hosts, name), { recursive: true });
}

function over(...args: string[]): Promise<number> {
  const print = (text: string) => {
    printed += `${text}\n`;
  };
  return runCli(args, [registerClaims, registerExport], { studies: [study], print });
}

describe("the wrong folder for --hosts is told as such", () => {
  const commands = [["claims"], ["export", "--out", join(tmpdir(), "never-written")]];

  test.each(commands)("%s, of one host's data set", async (...command) => {
    const data = smallDataSet();
    expect(await over(...command, "--hosts", data)).toBe(2);
    expect(complained).toBe(
      `error: folder is the data set of one host: ${data}; pass it without --hosts, or the folder that holds it\n`,
    );
  });

  test.each(commands)("%s, of folders that hold nothing of the kind", async (...command) => {
    mkdirSync(join(hosts, "bin", "coins"), { recursive: true });
    expect(await over(...command, "--hosts", hosts)).toBe(2);
    expect(complained).toBe(
      `error: folder holds no data set of a host: ${hosts}; pass what \`fleet collect --out\` wrote\n`,
    );
  });

  test("a folder beside data sets is warned of, and they are read", async () => {
    putHost("host");
    mkdirSync(join(hosts, "notes"));
    expect(await over("export", "--hosts", hosts, "--out", join(hosts, "host", "out"))).toBe(0);
    expect(complained).toBe(
      `warning: folder is no data set of a host: ${join(hosts, "notes")}, nothing of it is counted; move it away\n`,
    );
  });
});

test("a folder of hosts in place of one host's data set is told, with the option that takes it", async () => {
  putHost("host");
  expect(await over("claims", hosts)).toBe(2);
  expect(complained).toBe(
    `error: folder holds data sets of hosts: ${hosts}; pass one of them, such as ${join(hosts, "host")}, or all of them to \`claims\` or \`export\` with --hosts\n`,
  );
});

describe.skipIf(process.platform === "win32")("a link among hosts", () => {
  test("counts as the host's data set that it leads to", async () => {
    putHost("a");
    symlinkSync(smallDataSet(), join(hosts, "b"));
    expect(await over("export", "--hosts", hosts, "--out", join(hosts, "a", "out"))).toBe(0);
    for (const host of ["a", "b"]) expect(printed).toContain(`host=${host}`);
  });

  test("is an error where it leads nowhere, and passed over where it leads to a file", async () => {
    putHost("a");
    symlinkSync(join(hosts, "a", coins.name, "manifest.json"), join(hosts, "file"));
    const command = ["export", "--hosts", hosts, "--out", join(hosts, "a", "out")];
    expect(await over(...command)).toBe(0);
    symlinkSync("nowhere", join(hosts, "b"));
    expect(await over(...command)).toBe(1);
    expect(complained).toBe(
      `error: file or folder is missing (ENOENT): ${join(hosts, "b")}; restore it, or choose another path\n`,
    );
  });
});
