import { existsSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";

const packageFolder = resolve(import.meta.dirname, "..", "..");

/** Whether this package was installed into another project; else it lies in its own repository. */
export const isInstalled: boolean = packageFolder.split(sep).includes("node_modules");

/**
 * The clone's top folder, seen from `lib/src` and from `lib/dist` alike; of an installed package, the top folder of the
 * project that the working directory lies in.
 */
export const projectRoot: string = isInstalled ? projectAround(process.cwd()) : dirname(packageFolder);

/** Finds the nearest folder, from the given one upwards, that has studies or installed packages; itself if there is none. */
export function projectAround(folder: string): string {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (["studies", "node_modules"].some((name) => existsSync(join(at, name)))) return at;
    if (at === dirname(at)) return resolve(folder);
  }
}
