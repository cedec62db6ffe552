import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type LockedPackage, licences, packageProblems } from "../../src/audit/package-problems.ts";
import { projectRoot } from "../../src/measure/project-root.ts";

const sound = { version: "1.0.0", integrity: "sha512-abc", license: "MIT" };
const locked = (changes: LockedPackage, name = "one") => ({
  packages: {
    "": { license: "none" },
    lib: {},
    "node_modules/lib": { link: true },
    [`node_modules/${name}`]: { ...sound, ...changes },
  },
});

test("what is locked has its hash and a licence that goes with ours", () => {
  const lockfile = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8"));
  expect(packageProblems(lockfile)).toEqual([]);
  expect(licences(lockfile)[0]?.[0]).toBe("MIT");
});

test.each(["MIT", "(MIT OR GPL-2.0-only)", "MIT AND OFL-1.1", "(MIT AND Zlib)", "MPL-2.0"])(
  "%s goes with MIT",
  (license) => {
    expect(packageProblems(locked({ license }))).toEqual([]);
  },
);

test.each([
  "GPL-3.0-or-later",
  "MIT AND GPL-2.0-only",
  "(AGPL-3.0 OR SSPL-1.0)",
  "SEE LICENSE IN LICENSE",
  "(MIT AND GPL-2.0-only) OR SSPL-1.0",
])("%s does not", (license) => {
  expect(packageProblems(locked({ license }))).toEqual([
    `package-lock.json: licence of one@1.0.0 must go with MIT; got ${license}: replace the package`,
  ]);
});

test("a package without a licence or without a hash is named", () => {
  expect(packageProblems({ packages: { "node_modules/a/node_modules/@b/c": { version: "2.0.0" } } })).toEqual(
    [
      "package-lock.json: @b/c@2.0.0 must have an integrity of SHA-512; got none",
      "package-lock.json: licence of @b/c@2.0.0 must go with MIT; got none: replace the package",
    ],
  );
  expect(packageProblems(locked({ integrity: "sha1-abc" }))).toHaveLength(1);
});

test("licences are counted, the most frequent first", () => {
  const packages = {
    "node_modules/a": sound,
    "node_modules/b": sound,
    "node_modules/c": { ...sound, license: "ISC" },
  };
  expect(licences({ packages })).toEqual([
    ["MIT", 2],
    ["ISC", 1],
  ]);
});
