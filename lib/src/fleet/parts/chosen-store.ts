import { createHash } from "node:crypto";
import { UsageError } from "../../measure/study-error.ts";
import type { Statements } from "../database/connection.ts";
import { StoreAway } from "../database/outage.ts";
import { openStore } from "./open-store.ts";
import type { PartStore } from "./part-store.ts";

/** Lies beside the parts, and tells a mounted folder from the empty one below it. */
const markerFile = "fleet-parts.txt";
const marker = new TextEncoder().encode(
  "Parts of a fleet, named by the SHA-256 of their content. Keep this file: without it, hosts take the place for another.\n",
);

/**
 * Chooses where the parts of a fleet lie, and proves that they can be written there. The choice stands once a part was handed
 * in.
 *
 * @throws {UsageError} when parts lie elsewhere already, or when the place refuses this user.
 * @throws {StoreAway} when the place is away.
 */
export async function chooseStore(database: Statements, url: string): Promise<void> {
  const store = openStore(url);
  const [chosen] = await database.query<{ url: string }>("SELECT url FROM fleet.store");
  if (chosen?.url === store.url) return;
  const [part] = await database.query("SELECT FROM fleet.part LIMIT 1");
  if (part) {
    throw new UsageError(
      `place of parts must stay ${chosen?.url ?? "the database"}, where some lie already; got ${store.url}; leave --parts out, or serve another database`,
    );
  }
  await store.put(markerFile, marker, createHash("sha256").update(marker).digest("hex"));
  await database.query(
    "INSERT INTO fleet.store (url) VALUES ($1) ON CONFLICT (sole) DO UPDATE SET url = excluded.url",
    [store.url],
  );
}

/**
 * Opens the place that was chosen for the parts of a fleet; null where that is the database.
 *
 * @throws {StoreAway} when it is away, or not mounted here.
 * @throws {UsageError} when it refuses this user.
 */
export async function openChosenStore(database: Statements): Promise<PartStore | null> {
  const [chosen] = await database.query<{ url: string }>("SELECT url FROM fleet.store");
  if (!chosen) return null;
  const store = openStore(chosen.url);
  await checkMarker(store);
  return store;
}

/** Makes sure that a place is the one that was chosen. @throws {StoreAway} when it is not, as before a folder is mounted. */
export async function checkMarker(store: PartStore): Promise<void> {
  if ((await store.get(markerFile)) !== null) return;
  throw new StoreAway(`${store.placeOf(markerFile)} is missing, as before a folder is mounted`);
}
