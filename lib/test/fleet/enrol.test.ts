import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "../../src/fleet/database/connection.ts";
import { writeAddress } from "../../src/fleet/database/credentials.ts";
import { addressFrom } from "../../src/fleet/hosts.ts";
import { complained, scheduling } from "../cli/scheduling.ts";
import { startTestFleet, type TestFleet } from "./fixtures/countdown-fleet.ts";
import { temporaryFolder } from "./fixtures/small-fleet.ts";

let fleet: TestFleet;
beforeAll(async () => {
  fleet = await startTestFleet();
});
afterAll(() => fleet.end());

test.each([
  [
    ["Laptop"],
    "label of a host must be up to 40 of a–z, 0–9 and -, and begin with none of the latter; got Laptop",
  ],
  [["desk", "../desk"], "label of a host must be up to 40"],
  [["desk", "desk"], "host is given twice: desk; name it once"],
  [
    ["desk", "--reach=h:70000"],
    "--reach must be host or host:port, as the hosts see the server; got h:70000",
  ],
  [["desk", "--reach=x;rm:1"], "--reach must be host or host:port, as the hosts see the server; got x;rm:1"],
])("what %j asks for is refused before the database is asked", async (args, told) => {
  const folder = temporaryFolder();
  const [nowhere, out] = [join(folder, "nowhere.url"), join(folder, "out")];
  writeAddress(nowhere, "postgres://fleet_admin:password@127.0.0.1:1/postgres");
  expect(await scheduling("fleet", "enrol", ...args, "--database", nowhere, "--out", out)).toBe(2);
  expect(complained).toContain(`error: ${told}`);
  expect(readdirSync(folder)).toEqual(["nowhere.url"]);
});

test("a host whose file cannot be written is not enrolled, and one that was keeps its address", async () => {
  const old = await fleet.enrol("reached");
  const address = join(fleet.folder, "server", "admin.url");
  const enrol = (label: string, out: string) =>
    scheduling("fleet", "enrol", label, "--database", address, "--out", out);
  expect(await enrol("unreached", "/dev/null/hosts")).toBe(2);
  expect(complained).toContain("error: folder is not writable (ENOTDIR): /dev/null/hosts; choose another");
  expect(await enrol("reached", "/dev/null/hosts")).toBe(2);
  expect(await fleet.database.query("SELECT label FROM fleet.host")).toEqual([{ label: "reached" }]);
  expect(await labelsSeenBy(old)).toEqual([{ label: "reached" }]);
  const out = temporaryFolder();
  expect(await enrol("reached", out)).toBe(0);
  expect(await labelsSeenBy(readFileSync(join(out, "reached.url"), "utf8").trim())).toEqual([
    { label: "reached" },
  ]);
  await expect(labelsSeenBy(old)).rejects.toThrow("password authentication failed");
});

test("an enrolment that the database refuses at its end leaves no address that does not count", async () => {
  const out = temporaryFolder();
  const enrol = (label: string) =>
    scheduling(
      ...["fleet", "enrol", label, "--out", out],
      ...["--database", join(fleet.folder, "server", "admin.url")],
    );
  expect(await enrol("before")).toBe(0);
  const address = readFileSync(join(out, "before.url"), "utf8");
  await fleet.database.query(`
    CREATE FUNCTION fleet.refuse() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE EXCEPTION 'no more hosts'; END $$;
    CREATE CONSTRAINT TRIGGER refuse AFTER INSERT OR UPDATE ON fleet.host
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fleet.refuse()`);
  try {
    expect(await enrol("after")).not.toBe(0);
    expect(await enrol("before")).not.toBe(0);
    expect(complained).toContain("no more hosts");
  } finally {
    await fleet.database.query("DROP FUNCTION fleet.refuse() CASCADE");
  }
  expect(readdirSync(out)).toEqual(["before.url"]);
  expect(readFileSync(join(out, "before.url"), "utf8")).toBe(address);
  expect(statSync(join(out, "before.url")).mode & 0o777).toBe(0o600);
  expect(await labelsSeenBy(address.trim())).toEqual([{ label: "before" }]);
});

/** What a host sees of the fleet, by its own address. */
async function labelsSeenBy(url: string): Promise<unknown[]> {
  const database = await openDatabase(url);
  try {
    return await database.query("SELECT label FROM fleet.host");
  } finally {
    await database.close();
  }
}

const planners = "postgres://a:b@127.0.0.1:15432/fleet";

test.each([
  ["10.0.0.5", "10.0.0.5:15432"],
  ["10.0.0.5:5432", "10.0.0.5:5432"],
  ["fleet_server", "fleet_server:15432"],
  ["desk.local:65535", "desk.local:65535"],
  ["[fe80::1]:80", "[fe80::1]:80"],
])("a host that reaches the database by %s gets the address of %s", (reach, host) => {
  expect(addressFrom(planners, reach)).toBe(`postgres://a:b@${host}/fleet`);
});

test.each([
  "",
  "h:",
  "h:0",
  "h:65536",
  "h:many",
  "h:1/x",
  "user@h",
  "$(id)",
  "a b",
  "-h",
  "10.0.0.256",
  "[::g]",
  "h\n",
])("%j is no way to a host", (reach) => {
  expect(() => addressFrom(planners, reach)).toThrow(/^--reach must be host or host:port/);
});
