import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  type LockedPackage,
  type Lockfile,
  licences,
  packageProblems,
} from "../../src/audit/package-problems.ts";
import { projectRoot } from "../../src/measure/project-root.ts";

const sound = { version: "1.0.0", integrity: "sha512-abc", license: "MIT" };
const locked = (changes: LockedPackage, name = "one") => ({
  packages: {
    "": { license: "none" },
    lib: { name: "own" },
    "node_modules/own": { link: true, resolved: "lib" },
    [`node_modules/${name}`]: { ...sound, ...changes },
  },
});

const problemsOf = (lockfile: Lockfile) => packageProblems(lockfile, "package-lock.json");

const lockfiles = ["package-lock.json", "lib/runtimes/package-lock.json"];

test.each(lockfiles)("what %s locks has its hash and a licence that goes with ours", (path) => {
  const lockfile = JSON.parse(readFileSync(join(projectRoot, path), "utf8"));
  expect(packageProblems(lockfile, path)).toEqual([]);
  expect(licences(lockfile)[0]?.[0]).toBe("MIT");
});

test("make check looks at them all", () => {
  const recipe = spawnSync("make", ["-n", "check"], { cwd: projectRoot, encoding: "utf8" }).stdout;
  expect(recipe).toContain(`check-packages.js ${lockfiles.join(" ")}\n`);
});

test.each(["MIT", "(MIT OR GPL-2.0-only)", "MIT AND OFL-1.1", "(MIT AND Zlib)", "MPL-2.0"])(
  "%s goes with MIT",
  (license) => {
    expect(problemsOf(locked({ license }))).toEqual([]);
  },
);

test.each([
  "GPL-3.0-or-later",
  "MIT AND GPL-2.0-only",
  "(AGPL-3.0 OR SSPL-1.0)",
  "SEE LICENSE IN LICENSE",
  "(MIT AND GPL-2.0-only) OR SSPL-1.0",
  "GPL-3.0-only AND (ISC OR MIT OR Zlib)",
  "GPL-3.0-only AND ISC OR MIT",
  "((MIT))",
  "(MIT) OR (GPL-3.0-only)",
  "MIT WITH Classpath-exception-2.0",
  "",
])("%s does not", (license) => {
  expect(problemsOf(locked({ license }))).toEqual([
    `package-lock.json: licence of one@1.0.0 must go with MIT; got ${license}: replace the package`,
  ]);
});

test("a package without a licence or without a hash is named", () => {
  const packages = { "": {}, "node_modules/a/node_modules/@b/c": { version: "2.0.0" } };
  expect(problemsOf({ packages })).toEqual([
    "package-lock.json: @b/c@2.0.0 must have an integrity of SHA-512; got none",
    "package-lock.json: licence of @b/c@2.0.0 must go with MIT; got none: replace the package",
  ]);
  expect(problemsOf(locked({ integrity: "sha1-abc" }))).toHaveLength(1);
});

test.each(["http://evil.example/one.tgz", "git+ssh://git@github.com/a/one.git#1", "file:one.tgz"])(
  "a package from %s is named",
  (resolved) => {
    expect(problemsOf(locked({ resolved }))).toEqual([
      `package-lock.json: one@1.0.0 must come from https://registry.npmjs.org/; got ${resolved}: install it from there`,
    ]);
  },
);

test("a package from the registry may say so", () => {
  expect(problemsOf(locked({ resolved: "https://registry.npmjs.org/one/-/one-1.0.0.tgz" }))).toEqual([]);
});

test.each(["../elsewhere", "lib", "node_modules/own", undefined])(
  "a link to %s in place of a package is named",
  (resolved) => {
    const link = resolved === undefined ? { link: true } : { link: true, resolved };
    const { packages } = locked({});
    expect(problemsOf({ packages: { ...packages, "node_modules/two": link } })).toEqual([
      `package-lock.json: link of two must lead to this project's package of that name; got ${resolved ?? "nothing"}: remove it`,
    ]);
  },
);

test.each([{}, { "": {}, lib: {} }])(
  "a lockfile that locks nothing is no proof of anything: %j",
  (packages) => {
    expect(problemsOf({ packages })).toEqual([
      "package-lock.json: packages must hold what is installed; got none: run `npm install` again",
    ]);
  },
);

const entry = join(import.meta.dirname, "..", "..", "src", "audit", "check-packages.ts");

test.each([
  [
    "missing",
    "no-such-lock.json",
    /^error: lockfile is missing: no-such-lock\.json; run `npm install` again\n$/,
  ],
  [
    "a folder",
    import.meta.dirname,
    /^error: lockfile is not a file: .* is a folder; run `npm install` again\n$/,
  ],
  ["no JSON", import.meta.filename, /^error: lockfile is damaged: .*; run `npm install` again\n$/],
])("a lockfile that is %s is told in a sentence", (_, path, sentence) => {
  const { status, stderr } = spawnSync(process.execPath, [entry, path], { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stderr).toMatch(sentence);
});

test("every lockfile that is named is checked, and each problem tells of which", () => {
  const folder = mkdtempSync(join(tmpdir(), "locks-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [sane, odd] = [join(folder, "sane.json"), join(folder, "odd.json")];
  writeFileSync(sane, JSON.stringify(locked({})));
  writeFileSync(odd, JSON.stringify(locked({ license: "SSPL-1.0" })));
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, sane, odd], { encoding: "utf8" });
  expect(status).toBe(1);
  expect(stdout).toBe(`licences in ${sane}: MIT 1\nlicences in ${odd}: SSPL-1.0 1\n`);
  expect(stderr).toBe(`${odd}: licence of one@1.0.0 must go with MIT; got SSPL-1.0: replace the package\n`);
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
