import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { watch } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { isOutage, persist } from "../../src/fleet/database/outage.ts";
import { chooseStore } from "../../src/fleet/parts/chosen-store.ts";
import { openFolder } from "../../src/fleet/parts/folder-store.ts";
import { startBucketServer } from "./fixtures/bucket-server.ts";
import { bucket, server } from "./fixtures/fleet-and-bucket.ts";
import {
  beginFleet,
  collectTables,
  hashOf,
  measure,
  type SmallFleet,
  takeRun,
  temporaryFolder,
} from "./fixtures/small-fleet.ts";

const inBucket = (name: string) => `/measured/a/fleet/${name}`;
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Answers every run of a fleet with what another measured. */
async function repeatAnswers(
  from: SmallFleet,
  to: SmallFleet,
  partOf: (sha256: string) => Uint8Array | undefined,
) {
  interface Row {
    readonly run: number;
    readonly part: string | null;
    readonly invalidReason: string | null;
  }
  const rows = await from.database.query<Row>(
    `SELECT run, part, invalid_reason AS "invalidReason" FROM fleet.answer`,
  );
  for (const _ of rows) {
    const taken = await takeRun(to);
    const row = rows.find(({ run }) => run === taken.run);
    const part = row?.part ? partOf(row.part) : null;
    if (!row || part === undefined) throw new Error(`run ${taken.run} was measured in the other fleet`);
    expect(await taken.handIn(part, row.invalidReason)).toBe("accepted");
  }
  const [campaign] = await from.database.query<{ begun: unknown; ended: unknown }>(
    "SELECT begun, ended FROM fleet.campaign",
  );
  await to.database.query("UPDATE fleet.campaign SET begun = $1, ended = $2", [
    JSON.stringify(campaign?.begun),
    JSON.stringify(campaign?.ended),
  ]);
}

test("through a bucket, a folder and the database the same parts become the same tables, byte for byte", async () => {
  const folderUrl = pathToFileURL(temporaryFolder()).href;
  const throughBucket = await beginFleet(server, "bucket", bucket.url);
  const throughFolder = await beginFleet(server, "folder", folderUrl);
  const throughDatabase = await beginFleet(server, "database");
  await expect(measure(throughBucket)).resolves.toBe("done");
  for (const fleet of [throughFolder, throughDatabase])
    await repeatAnswers(throughBucket, fleet, (sha256) => bucket.objects.get(inBucket(sha256)));

  const tables = await collectTables(throughDatabase);
  expect(Object.keys(tables)).toEqual(["runs.arrow", "samples.arrow"]);
  expect(await collectTables(throughBucket)).toEqual(tables);
  expect(await collectTables(throughFolder)).toEqual(tables);

  const within = await throughDatabase.database.query<object>(
    "SELECT sha256, octet_length(bytes) AS size FROM fleet.part ORDER BY sha256",
  );
  expect(within.length).toBeGreaterThan(0);
  const rowsOf = ({ database }: SmallFleet) =>
    database.query("SELECT sha256, size, bytes, store FROM fleet.part ORDER BY sha256");
  const placed = (store: string) => within.map((row) => ({ ...row, bytes: null, store }));
  expect(await rowsOf(throughBucket)).toEqual(placed(bucket.url));
  expect(await rowsOf(throughFolder)).toEqual(placed(folderUrl));
});

test("a worker that takes over reads back from the folder what another measured", async () => {
  const shared = temporaryFolder();
  const fleet = await beginFleet(server, "back", pathToFileURL(shared).href);
  const stop = new AbortController();
  const first = measure(fleet, stop.signal);
  for await (const { filename } of watch(shared)) if (/^[0-9a-f]{64}$/.test(filename ?? "")) break;
  stop.abort();
  await expect(first).resolves.toBe("stopped");
  await expect(measure(fleet)).resolves.toBe("done");
  expect(Object.keys(await collectTables(fleet))).toEqual(["runs.arrow", "samples.arrow"]);
});

test.skipIf(process.platform === "win32")("a FIFO in place of a part is told at once", async () => {
  const store = openFolder(pathToFileURL(temporaryFolder()));
  execFileSync("mkfifo", [store.placeOf("part")]);
  await expect(store.get("part")).rejects.toThrow(
    `part of a run is not a file: ${store.placeOf("part")} is a FIFO; bring it back from a copy`,
  );
});

const places = {
  bucket: () => ({
    url: bucket.url,
    placeOf: (name: string) => bucket.endpoint + inBucket(name),
    alter: (name: string) => void bucket.objects.set(inBucket(name), bytesOf("altered")),
    remove: (name: string) => void bucket.objects.delete(inBucket(name)),
  }),
  folder: () => {
    const folder = temporaryFolder();
    return {
      url: pathToFileURL(folder).href,
      placeOf: (name: string) => join(folder, name),
      alter: (name: string) => writeFileSync(join(folder, name), "altered"),
      remove: (name: string) => rmSync(join(folder, name)),
    };
  },
};

test.each(["bucket", "folder"] as const)(
  "a part that is altered or missing in a %s is refused, with host, run and place",
  async (kind) => {
    const place = places[kind]();
    const fleet = await beginFleet(server, `damaged-${kind}`, place.url);
    await measure(fleet);
    const [answer] = await fleet.database.query<{ part: string; run: number }>(
      "SELECT part, run FROM fleet.answer WHERE part IS NOT NULL ORDER BY run DESC",
    );
    if (!answer) throw new Error("a run was measured");
    const { part, run } = answer;
    const name = `part of run ${run} of damaged-${kind}`;
    place.alter(part);
    await expect(collectTables(fleet)).rejects.toThrow(
      new RegExp(
        `^${name} is altered: its content, 7 bytes of \\d+, is not .*; look at ${place.placeOf(part)}`,
      ),
    );
    place.remove(part);
    await expect(collectTables(fleet)).rejects.toThrow(
      `${name} is missing: it should lie at ${place.placeOf(part)}; bring it back`,
    );
  },
);

test("what is handed in while the bucket is busy is handed in when it answers again", async () => {
  const run = await takeRun(await beginFleet(server, "patient", bucket.url));
  const told: string[] = [];
  const tell = (text: string) => {
    told.push(text);
    bucket.isBusy = false;
  };
  bucket.isBusy = true;
  const patience = { signal: new AbortController().signal, tell };
  await expect(persist(() => run.handIn(bytesOf("late")), patience)).resolves.toBe("accepted");
  expect(told).toEqual([
    expect.stringMatching(
      /^the place of parts is away \(503 SlowDown at http:.*\); asking until it answers$/,
    ),
    "the place of parts answers again",
  ]);
});

test("a bucket that nobody answers for is an outage", async () => {
  const gone = await startBucketServer();
  await gone.end();
  const fleet = await beginFleet(server, "alone");
  const error = await chooseStore(fleet.database, gone.url).catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    message: expect.stringMatching(/^place of parts is away: ECONNREFUSED at http:.*; do the same/),
  });
  expect(isOutage(error)).toBe(true);
});

test("a folder that is not mounted is an outage; nothing is written into the empty one below", async () => {
  const parent = temporaryFolder();
  const [shared, elsewhere] = [join(parent, "shared"), join(parent, "elsewhere")];
  const fleet = await beginFleet(server, "unmounted", pathToFileURL(shared).href);
  renameSync(shared, elsewhere);
  const run = await takeRun(fleet);
  const error = await run.handIn(bytesOf("one")).catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    message: expect.stringContaining("fleet-parts.txt is missing, as before a folder is mounted;"),
  });
  expect(isOutage(error)).toBe(true);
  expect(readdirSync(parent)).toEqual(["elsewhere"]);
  renameSync(elsewhere, shared);
  await expect(run.handIn(bytesOf("one"))).resolves.toBe("accepted");
  expect(readFileSync(join(shared, hashOf("one")), "utf8")).toBe("one");
});
