import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { openPlanner } from "../../src/fleet/database/prepare.ts";
import { chooseStore } from "../../src/fleet/parts/chosen-store.ts";
import { bucket, server } from "./fixtures/fleet-and-bucket.ts";
import {
  beginFleet,
  collectTables,
  hashOf,
  measure,
  takeRun,
  temporaryFolder,
} from "./fixtures/small-fleet.ts";

const part = new TextEncoder().encode("one");

test("wrong credentials are refused with a sentence that holds neither secret nor what was signed", async () => {
  const fleet = await beginFleet(server, "refused", bucket.url);
  const run = await takeRun(fleet);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "guessed-secret");
  const refused = run.handIn(part);
  await expect(refused).rejects.toThrow(
    /^bucket must let these credentials read and write; got 403 SignatureDoesNotMatch for http:.*fleet-parts\.txt; set AWS_ACCESS_KEY_ID/,
  );
  await expect(refused).rejects.not.toThrow(/guessed|AWS4-HMAC/);
  expect(await fleet.database.query("SELECT FROM fleet.part")).toEqual([]);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDSTRANGER");
  await expect(beginFleet(server, "stranger", bucket.url)).rejects.toThrow("got 403 InvalidAccessKeyId for");
});

test("missing credentials are named before anything is measured", async () => {
  const fleet = await beginFleet(server, "nameless", bucket.url);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
  await expect(measure(fleet)).rejects.toThrow(
    "credentials of the bucket must be in the environment; got no AWS_SECRET_ACCESS_KEY; export",
  );
  vi.stubEnv("AWS_ACCESS_KEY_ID", "");
  await expect(measure(fleet)).rejects.toThrow("got no AWS_ACCESS_KEY_ID and no AWS_SECRET_ACCESS_KEY;");
  expect(await fleet.database.query("SELECT FROM fleet.answer")).toEqual([]);
});

test("an address is kept in one spelling, and nothing beside it", async () => {
  const fleet = await beginFleet(server, "secretive", `${bucket.url}&`);
  const [chosen] = await fleet.database.query("SELECT * FROM fleet.store");
  expect(chosen).toEqual({ sole: true, url: bucket.url });
});

test("a fleet whose parts lie somewhere is not moved; before the first, another place can be chosen", async () => {
  const first = pathToFileURL(temporaryFolder()).href;
  const second = pathToFileURL(temporaryFolder()).href;
  const fleet = await beginFleet(server, "settled", first);
  await chooseStore(fleet.database, second);
  await (await takeRun(fleet)).handIn(part);
  await expect(chooseStore(fleet.database, first)).rejects.toThrow(
    `place of parts must stay ${second}, where some lie already; got ${first}; leave --parts out`,
  );
  await expect(chooseStore(fleet.database, `${second}/`)).resolves.toBeUndefined();
  await expect(fleet.database.query("UPDATE fleet.store SET url = $1", [first])).rejects.toThrow(
    "foreign key",
  );

  const within = await beginFleet(server, "settled-within");
  await (await takeRun(within)).handIn(part);
  await expect(chooseStore(within.database, first)).rejects.toThrow("place of parts must stay the database,");
});

test("a database that was prepared before parts could lie elsewhere keeps its own, and learns it", async () => {
  const fleet = await beginFleet(server, "earlier");
  await fleet.database.query(
    `ALTER TABLE fleet.part DROP COLUMN size, DROP COLUMN store, ALTER COLUMN bytes SET NOT NULL;
     ALTER TABLE fleet.part DROP CONSTRAINT part_sha256_check; DROP TABLE fleet.store`,
  );
  await expect(measure(fleet)).rejects.toThrow(/^database holds no fleet of this version: .*fleet\.store/);
  await fleet.database.query("INSERT INTO fleet.part (sha256, bytes) VALUES ($1, 'old')", [hashOf("old")]);
  const again = await openPlanner(fleet.url);
  onTestFinished(() => again.close());
  expect(await again.database.query("SELECT size, store, bytes FROM fleet.part")).toEqual([
    { size: null, store: null, bytes: Buffer.from("old") },
  ]);
  await expect(measure(fleet)).resolves.toBe("done");
  expect(Object.keys(await collectTables(fleet))).toEqual(["runs.arrow", "samples.arrow"]);
});

test.each([
  ["neither bytes nor a place", hashOf("x"), "NULL, NULL, NULL"],
  ["a place and no size", hashOf("x"), "NULL, NULL, 'file:///shared'"],
  ["both bytes and a place", hashOf("x"), "'x', 1, 'file:///shared'"],
  ["more bytes than a part may have", hashOf("x"), "NULL, 67108865, 'file:///shared'"],
  ["an address that is no hash", "../../secret", "NULL, 1, 'file:///shared'"],
])("no row of a part has %s", async (_, sha256, values) => {
  const written = server.database.transaction(async (within) => {
    await within.query("INSERT INTO fleet.store (url) VALUES ('file:///shared')");
    await within.query(`INSERT INTO fleet.part (sha256, bytes, size, store) VALUES ('${sha256}', ${values})`);
  });
  await expect(written).rejects.toThrow("check constraint");
});

test.each([
  ["/shared/parts", "place of parts must begin with file:// or s3://; got no address;"],
  ["https://bucket.example.org", "place of parts must begin with file:// or s3://; got https:;"],
  ["file://server/parts", "folder of parts must be named by its path alone"],
  ["s3://hidden:hidden@bucket/a", "address of a bucket must hold no credentials; got some; set AWS_ACCESS"],
  ["s3://bucket/a?secret=hidden", "address of a bucket must have no parameters but endpoint and region;"],
  ["s3://B/a", "address of a bucket must name a bucket, and a prefix of letters"],
  ["s3://bucket/a?region=eu_1", "region of a bucket must be of small letters, digits and dashes; got eu_1;"],
  ["s3://bucket/a?endpoint=s3.example.org", "endpoint of a bucket must be http or https, a host"],
  ["s3://bucket/a?endpoint=https://hidden:hidden@s3.example.org", "endpoint of a bucket must be http or"],
])("the address %s is refused with a sentence that repeats no secret", async (url, sentence) => {
  const refused = chooseStore(server.database, url);
  await expect(refused).rejects.toThrow(sentence);
  await expect(refused).rejects.not.toThrow("hidden");
});
