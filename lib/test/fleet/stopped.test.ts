import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { writeAddress } from "../../src/fleet/database/credentials.ts";
import { complained, scheduling } from "../cli/scheduling.ts";
import { temporaryFolder } from "./fixtures/small-fleet.ts";

test("a worker that is stopped while the database is away says no more than that, and ends by the signal", async () => {
  const nowhere = join(temporaryFolder(), "nowhere.url");
  writeAddress(nowhere, "postgres://fleet_lonely:password@127.0.0.1:1/postgres");
  onTestFinished(() => {
    process.exitCode = undefined;
  });
  const end = scheduling("fleet", "work", "--host", "lonely", "--database", nowhere);
  const away = /the database is away \(ECONNREFUSED\); asking until it answers\n$/;
  await vi.waitFor(() => expect(complained).toMatch(away), 600_000);
  process.emit("SIGTERM", "SIGTERM");
  expect(await end).toBe(143);
  expect(complained).toMatch(away);
});
