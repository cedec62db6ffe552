import { UsageError } from "../../measure/study-error.ts";
import { openBucket } from "./bucket-store.ts";
import { openFolder } from "./folder-store.ts";
import type { PartStore } from "./part-store.ts";

/**
 * Opens the place that an address names; nothing is asked of it yet.
 *
 * @throws {UsageError} when it is no such address, or when a bucket's credentials are missing here.
 */
export function openStore(url: string): PartStore {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address?.protocol === "file:") return openFolder(address);
  if (address?.protocol === "s3:") return openBucket(address);
  // Its text is not repeated: it may hold a password.
  throw new UsageError(
    `place of parts must begin with file:// or s3://; got ${address?.protocol ?? "no address"}; write file:///folder, or s3://bucket/prefix?endpoint=https://host&region=name`,
  );
}
