import { basename } from "node:path/posix";
import * as v from "valibot";

/** What `package-lock.json` says of one installed package. */
export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  /** Where it came from; left out where that is the public registry. */
  readonly resolved?: string;
  /** Its own name, where that is not the last of its place. */
  readonly name?: string;
  /** A package of this project, not one from a registry. */
  readonly link?: boolean;
}
/** Locked packages by where they lie, such as "node_modules/piscina"; "" is the project itself. */
export interface Lockfile {
  readonly packages: { readonly [place: string]: LockedPackage };
}

export const lockfileSchema: v.GenericSchema<unknown, Lockfile> = v.object({
  packages: v.record(
    v.string(),
    v.object({
      version: v.exactOptional(v.string()),
      integrity: v.exactOptional(v.string()),
      license: v.exactOptional(v.string()),
      resolved: v.exactOptional(v.string()),
      name: v.exactOptional(v.string()),
      link: v.exactOptional(v.boolean()),
    }),
  ),
});

/** Licences under which a package may be used and passed on with a project under the MIT licence. */
const COMPATIBLE: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "MPL-2.0", // asks only that changes to its own files stay open; we change none
  "OFL-1.1", // fonts
  "PSF-2.0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);
/** Packages that state their licence in a file instead of in their metadata. */
const STATED_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ["stack-trace", "MIT"],
  ["xtend", "MIT"],
]);

/**
 * Finds locked packages without a hash of their content, from elsewhere than the public registry, or under a licence that does
 * not go with ours; and links that are not to this project's own packages.
 *
 * @param path names the lockfile
 */
export function packageProblems(lockfile: Lockfile, path: string): string[] {
  const problems =
    foreign(lockfile).length === 0
      ? ["packages must hold what is installed; got none: run `npm install` again"]
      : [...linkProblems(lockfile), ...foreignProblems(lockfile)];
  return problems.map((problem) => `${path}: ${problem}`);
}

const registry = "https://registry.npmjs.org/";

function linkProblems({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([place, { link, resolved = "" }]) => {
    if (!link) return [];
    const target = resolved.includes("node_modules") ? undefined : packages[resolved];
    if (target !== undefined && (target.name ?? basename(resolved)) === nameAt(place)) return [];
    return [
      `link of ${nameAt(place)} must lead to this project's package of that name; got ${resolved || "nothing"}: remove it`,
    ];
  });
}

function foreignProblems(lockfile: Lockfile): string[] {
  return foreign(lockfile).flatMap(([place, { version, integrity, license, resolved = registry }]) => {
    const name = `${nameAt(place)}@${version}`;
    const stated = license ?? STATED_ELSEWHERE.get(nameAt(place));
    return [
      ...(resolved.startsWith(registry)
        ? []
        : [`${name} must come from ${registry}; got ${resolved}: install it from there`]),
      ...(integrity?.startsWith("sha512-")
        ? []
        : [`${name} must have an integrity of SHA-512; got ${integrity ?? "none"}`]),
      ...(stated !== undefined && isCompatible(stated)
        ? []
        : [`licence of ${name} must go with MIT; got ${stated ?? "none"}: replace the package`]),
    ];
  });
}

/** Counts the locked packages by licence, the most frequent first. */
export function licences(lockfile: Lockfile): readonly (readonly [licence: string, packages: number])[] {
  const stated = foreign(lockfile).map(
    ([place, { license }]) => license ?? STATED_ELSEWHERE.get(nameAt(place)) ?? "none",
  );
  const groups = Map.groupBy(stated, (licence) => licence);
  return [...groups].map(([licence, all]) => [licence, all.length] as const).sort((a, b) => b[1] - a[1]);
}

function foreign({ packages }: Lockfile): [string, LockedPackage][] {
  return Object.entries(packages).filter(([place, { link }]) => place.includes("node_modules/") && !link);
}

function nameAt(place: string): string {
  return place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
}

/**
 * Reads an expression such as "(MIT OR Apache-2.0)" (https://spdx.dev/learn/handling-license-info/); one that mixes OR with AND,
 * or nests, fails: a person has to read it.
 */
function isCompatible(expression: string): boolean {
  const bare = expression.replace(/^\(([^()]*)\)$/, "$1");
  if (bare.includes(" OR ") && bare.includes(" AND ")) return false;
  return bare.includes(" OR ")
    ? bare.split(" OR ").some((one) => COMPATIBLE.has(one))
    : bare.split(" AND ").every((one) => COMPATIBLE.has(one));
}
