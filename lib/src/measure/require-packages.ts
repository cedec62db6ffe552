import { createRequire } from "node:module";
import { join } from "node:path";
import { readPackageFile } from "./package-file.ts";
import { UsageError } from "./study-error.ts";

const require = createRequire(import.meta.url);

/**
 * Makes sure that packages are there which only some tasks need, before such a task begins.
 *
 * @param task what needs them, as in "drawing figures"
 * @throws {UsageError} naming those that are missing, with the command that installs them.
 */
export function requirePackages(task: string, names: readonly string[]): void {
  const absent = names.filter((name) => !isInstalledPackage(name));
  if (absent.length === 0) return;
  const { peerDependencies: versions } = readPackageFile(
    join(import.meta.dirname, "..", "..", "package.json"),
  );
  const wanted = absent.map((name) => (versions[name] === undefined ? name : `${name}@${versions[name]}`));
  throw new UsageError(
    `${task} needs packages that are not installed: ${absent.join(", ")}; run \`npm install --save-exact ${wanted.join(" ")}\``,
  );
}

/** A package that keeps its `package.json` to itself is there all the same. */
function isInstalledPackage(name: string): boolean {
  try {
    require.resolve(`${name}/package.json`);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ERR_PACKAGE_PATH_NOT_EXPORTED";
  }
}
