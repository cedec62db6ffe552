import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Manifest, manifestFile, readManifest } from "./manifest.ts";

/** Reads the manifest of every finished experiment in a data set, by name of its folder. */
export function readManifests(folder: string): Manifest[] {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return names
    .map((name) => join(folder, name))
    .filter((experiment) => existsSync(join(experiment, manifestFile)))
    .map(readManifest);
}
