import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { type Manifest, readManifest } from "../../src/tables/manifest.ts";
import { installPacked, type Packed, type PackedProject, pack } from "./packed-project.ts";

const scratch = mkdtempSync(join(tmpdir(), "pack-"));
afterAll(() => rmSync(scratch, { recursive: true }));

let packed: Packed;
beforeAll(() => {
  packed = pack(scratch);
});

function project(source?: string, more?: readonly string[]): PackedProject {
  const made = installPacked(packed.tarball, source, more);
  onTestFinished(made.remove);
  return made;
}

/** On a busy host a run may be invalid; that is the host's, and all that may be wrong with what was measured. */
async function expectVerified({ scheduling }: PackedProject): Promise<void> {
  const { code, stderr } = await scheduling("verify", "data/local/smoke");
  if (code !== 0) expect(stderr).toMatch(/^error: .*no run is valid: there is no evidence in it\n$/);
  else expect(stderr).toBe("");
}

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional: boolean }>>;
}

const packageFile = (...path: string[]) =>
  JSON.parse(readFileSync(join(projectRoot, ...path, "package.json"), "utf8")) as PackageFile;

test("the package holds its build, its command and the template, less than a megabyte of it", () => {
  const folders = new Set(packed.files.map((path) => path.replace(/\/.*/s, "")));
  expect([...folders].sort()).toEqual([
    "LICENSE",
    "README.md",
    "bin",
    "dist",
    "notebook",
    "package.json",
    "requirements.txt",
    "src",
    "templates",
  ]);
  expect(packed.files.filter((path) => /\.(arrow|tsbuildinfo)$|^dist\/.*(?<!\.d)\.ts$/.test(path))).toEqual(
    [],
  );
  expect(packed.files).toContain("dist/measured-half.d.ts");
  expect(packed.bytes).toBeLessThan(1e6);
});

test("versions are exact; what only some tasks need is optional, and the same as in this repository", () => {
  const { dependencies, peerDependencies = {}, peerDependenciesMeta = {} } = packageFile("lib");
  const versions = Object.values({ ...dependencies, ...peerDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  expect(Object.keys(peerDependenciesMeta).sort()).toEqual(Object.keys(peerDependencies).sort());
  expect(Object.values(peerDependenciesMeta).every(({ optional }) => optional)).toBe(true);
  const { "scheduling-safety-watch": _, ...packages } = peerDependencies;
  expect(packageFile().dependencies).toMatchObject(packages);
});

/** Everything was measured, whether the host was quiet enough for valid runs or not. */
const measured = [0, 3];

/** Counts runs that a busy host was too slow for: they have no samples. */
const killed = ({ runs }: Manifest) =>
  Object.entries(runs.invalid).reduce(
    (sum, [reason, count]) => sum + (reason.startsWith("time limit") ? count : 0),
    0,
  );

test("in an empty project, a new study is written, measured, verified, judged and reported", async () => {
  const shop = project();
  const written = await shop.scheduling("new-study", "checkout-pool", "--in", ".");
  expect(written).toMatchObject({ code: 0, stderr: "" });
  expect(written.stdout).toContain("npx scheduling-safety run checkout-pool");

  const run = await shop.scheduling("run", "checkout-pool", "--profile", "smoke");
  expect(measured, run.stderr).toContain(run.code);
  const manifest = readManifest(join(shop.folder, "data", "local", "smoke", "checkout-pool"));
  expect(manifest.runs.planned).toBe(3);
  expect(manifest.software.lockfileSha256).toMatch(/^[0-9a-f]{64}$/);
  expect(manifest.tables.samples.rows).toBe((3 - killed(manifest)) * 60);
  await expectVerified(shop);

  const claims = await shop.scheduling("claims");
  expect(measured, claims.stderr).toContain(claims.code);
  expect(claims.stdout + claims.stderr).toMatch(
    /2 claims: 0 hold, 0 fail, 2 are not testable|no run is valid/,
  );

  expect((await shop.scheduling("report")).stdout).toBe("report.html\n");
  expect(readFileSync(join(shop.folder, "report.html"), "utf8")).toContain("checkout-pool");

  const again = await shop.scheduling("new-study", "checkout-pool");
  expect(again).toMatchObject({
    code: 2,
    stderr: "error: study exists: checkout-pool; choose another name\n",
  });
});

test("figures name the packages that draw them, and how to install them", async () => {
  const shop = project();
  const { code, stderr } = await shop.scheduling("report", ".", "--figures");
  expect(code).toBe(2);
  expect(stderr).toContain(
    "drawing figures needs packages that are not installed: plotly.js, puppeteer-core",
  );
  expect(stderr).toMatch(/run `npm install --save-exact plotly\.js@\d/);
  expect(existsSync(join(shop.folder, "report.html"))).toBe(false);
});

test("a notebook is written beside the study; executing it names the packages that it takes", async () => {
  const shop = project();
  const { stdout } = await shop.scheduling("new-study", "checkout");
  expect(stdout).toContain("notebooks/checkout.ipynb");
  const text = readFileSync(join(shop.folder, "notebooks", "checkout.ipynb"), "utf8");
  expect(text).toContain('projectStudy(\\"checkout\\")');
  const { code, stderr } = await shop.scheduling("notebooks");
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^error: executing notebooks needs packages that are not installed: tslab, plotly\.js/,
  );
  expect(stderr).toMatch(/run `npm install --save-exact tslab@\d/);
});

test("an older runtime is refused in one line, before anything is loaded", () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      "--import",
      `data:text/javascript,${encodeURIComponent('Object.defineProperty(process.versions, "node", { value: "20.1.0" })')}`,
      join(projectRoot, "lib", "bin", "scheduling-safety.mjs"),
      "list",
    ],
    { encoding: "utf8" },
  );
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: Node\.js must be 24 or newer .*; got 20\.1\.0; install a newer one.*\n$/);
});

test("a study that cannot be loaded is named, with the reason", async () => {
  const shop = project();
  await shop.scheduling("new-study", "checkout");
  writeFileSync(join(shop.folder, "studies", "checkout", "index.ts"), "export const checkout = nothing;\n");
  const { code, stderr } = await shop.scheduling("list");
  expect(code).toBe(1);
  expect(stderr).toBe(
    "error: study cannot be loaded: studies/checkout/index.ts (ReferenceError: nothing is not defined); correct or remove it\n",
  );
});

test("a campaign knows the code of the project that measures: what a worker does is part of its identity", async () => {
  const shop = project();
  await shop.scheduling("new-study", "checkout");
  const identity = async () => {
    await shop.scheduling("run", "checkout", "--profile", "smoke", "--restart", "--set", "held=none");
    return readManifest(join(shop.folder, "data", "local", "smoke", "checkout")).code.sha256;
  };
  const before = await identity();
  const worker = join(shop.folder, "studies", "checkout", "worker.ts");
  const text = readFileSync(worker, "utf8");
  writeFileSync(worker, `// Said, not done.\n${text}`);
  expect(await identity()).toBe(before);
  writeFileSync(worker, text.replace("holdMs > 0", "holdMs > 1"));
  expect(await identity()).not.toBe(before);
});

test("a team's own service is measured and judged in its own project", async () => {
  const shop = project(join(projectRoot, "examples", "own-service"), ["fastify", "piscina"]);
  const run = await shop.scheduling("run", "slow-receipts", "--profile", "smoke");
  expect(measured, run.stderr).toContain(run.code);
  const manifest = readManifest(join(shop.folder, "data", "local", "smoke", "slow-receipts"));
  expect(manifest.runs).toMatchObject({ planned: 3 });
  if (killed(manifest) === 0) expect(manifest.tables.samples.rows).toBe(3 * 100 + 2 * 16);
  await expectVerified(shop);
  const claims = await shop.scheduling("claims");
  expect(claims.stdout + claims.stderr).toMatch(/receipts-slow-prices|no run is valid/);
});
