import { createHash } from "node:crypto";
import { readManifests } from "../tables/read-manifests.ts";

/** Names a data set by its manifests, which have the hashes of its tables. @returns SHA-256 in hexadecimal */
export function identifyDataSet(folder: string): string {
  return createHash("sha256")
    .update(JSON.stringify(readManifests(folder)))
    .digest("hex");
}
