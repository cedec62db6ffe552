import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./project-root.ts";

/**
 * Gives the path of another major version of Node, as `make runtimes` installs it; null where it is not there.
 *
 * @param major "22", say
 */
export function otherRuntime(major: string): string | null {
  const name = `node-${major}-${process.platform}-${process.arch}`;
  const path = join(projectRoot, "lib", "runtimes", "node_modules", name, "bin", "node");
  return existsSync(path) ? path : null;
}
