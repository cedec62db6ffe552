import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { complained, out, printed, scheduling, schedulingOn } from "./scheduling.ts";

describe("verify", () => {
  const data = join(out, "data");
  const table = join(data, "countdown", "samples.arrow");
  let intact: Buffer;
  beforeAll(async () => {
    await scheduling("run", "all", "--profile", "smoke", "--out", data, "--quiet");
    intact = readFileSync(table);
  });
  beforeEach(() => writeFileSync(table, intact));

  test("accepts what run wrote, by its data set or by itself", async () => {
    expect(await scheduling("verify", data, join(data, "countdown"))).toBe(0);
    expect(printed).toHaveLength(2);
    expect(printed[0]).toMatch(/countdown: 6 runs \(6 valid\), 16 samples/);
  });

  test.each<[string, (bytes: Buffer) => Buffer | null, string]>([
    ["missing", () => null, "table is missing"],
    ["truncated", (bytes) => bytes.subarray(0, -9), "table is truncated"],
    ["no table", () => Buffer.from("a,b\n"), "table is not an Arrow file"],
    ["of another schema", () => readFileSync(join(data, "countdown", "runs.arrow")), "table was altered"],
    ["edited by hand", changedUnit, "table was altered"],
  ])("names a table that is %s, and exits with 1", async (_, change, problem) => {
    const changed = change(intact);
    if (changed) writeFileSync(table, changed);
    else rmSync(table);
    expect(await scheduling("verify", data)).toBe(1);
    expect(complained).toContain(`error: ${problem}: ${table}`);
  });

  test("does not take an unfinished campaign for data", async () => {
    const unfinished = join(out, "unfinished");
    const running = scheduling(
      "run",
      "all",
      "--profile",
      "full",
      "--set",
      "behaviour=well",
      "--out",
      unfinished,
      "--quiet",
    );
    await vi.waitFor(
      () => readFileSync(join(unfinished, "countdown", "unfinished", "run-000000.arrow")),
      600_000,
    );
    process.emit("SIGTERM", "SIGTERM");
    expect(await running).toBe(143);
    process.exitCode = undefined;
    expect(await scheduling("verify", unfinished)).toBe(1);
    expect(complained).toMatch(/campaign is unfinished: .*countdown; finish it by running its command again/);
  });
});

describe("run", () => {
  const smoke = (folder: string, ...more: string[]) => [
    "run",
    "all",
    "--profile",
    "smoke",
    "--out",
    join(out, folder),
    ...more,
  ];

  test("ends with what was found, where the data lie and what to do next", async () => {
    expect(await scheduling(...smoke("found"))).toBe(0);
    const text = printed.join("\n");
    expect(text).toMatch(/size +valid runs +p50 ms +p99 ms +× least p99/);
    expect(text).toMatch(/^ +5 +2\/2 /m);
    expect(text).toContain(`data  ${join(out, "found")}`);
    expect(text).toContain(`scheduling-safety claims ${join(out, "found")}`);
  });

  test("tells a program the same as JSON, and nothing else on stdout", async () => {
    expect(await scheduling(...smoke("json", "--json"))).toBe(0);
    expect(JSON.parse(printed.join(""))).toMatchObject({
      experiments: [
        {
          experiment: "countdown",
          runs: { planned: 6, valid: 6 },
          scenarios: expect.arrayContaining(
            [1, 2, 5].map((size) =>
              expect.objectContaining({ levels: { behaviour: "well", size }, valid: 2 }),
            ),
          ),
          claims: [expect.objectContaining({ id: "counted", verdict: "holds" })],
        },
      ],
    });
  });

  test("without one valid run ends with 3, and so does every judgement of such data", async () => {
    expect(await schedulingOn("busy", ...smoke("busy", "--quiet"))).toBe(3);
    expect(complained).toContain("no run is valid: countdown in ");
    expect(await scheduling("claims", join(out, "busy"))).toBe(3);
  });

  test.each(["decide", "reproduce --claim counted"])("%s without one valid run ends with 3", async (line) => {
    const folder = mkdtempSync(join(out, "rounds-"));
    const command = [...line.split(" "), "--quiet", "--out"];
    expect(await schedulingOn("busy", ...command, join(folder, "busy"))).toBe(3);
    expect(complained).toMatch(/^error: no run is valid: /m);
    expect(await scheduling(...command, join(folder, "quiet"))).toBe(0);
  });

  test.each([
    ["lock", (path: string) => writeFileSync(path, "garbage ".repeat(100)), "lock is damaged"],
    ["lock", (path: string) => mkdirSync(path), "lock is damaged"],
    ["campaign.json", (path: string) => writeFileSync(path, "{"), "campaign is damaged"],
    ["campaign.json", (path: string) => writeFileSync(path, '{"identity": {}}'), "campaign is damaged"],
    ["campaign.json", (path: string) => mkdirSync(path), "campaign is not a file"],
    ["../manifest.json", (path: string) => mkdirSync(path), "manifest is not a file"],
    ["../runs.arrow", (path: string) => mkdirSync(path), "folder is not writable"],
  ])("names a damaged %s, and --restart restarts", async (name, damage, problem) => {
    const folder = mkdtempSync(join(out, "damaged-"));
    const unfinished = join(folder, "countdown", "unfinished");
    mkdirSync(unfinished, { recursive: true });
    damage(join(unfinished, name));
    const command = ["run", "all", "--profile", "smoke", "--set", "size=1", "--quiet", "--out", folder];
    expect(await scheduling(...command)).not.toBe(0);
    expect(complained).toContain(`error: ${problem}`);
    expect(complained).not.toMatch(/^ +at /m);
    expect(await scheduling(...command, "--restart")).toBe(0);
  });
});

/** Edits the text of a unit where it lies uncompressed, in the schema: still a readable table. */
function changedUnit(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed.write("5", changed.indexOf("number of the sample"), "latin1");
  return changed;
}
