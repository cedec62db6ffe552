import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { cloneAfresh, type FreshClone } from "./fresh-clone.ts";
import { readmeCommands } from "./readme-commands.ts";

/** README=long runs what takes its minutes as well: packages are then installed, pages built, and this host measured. */
const isLong = process.env["README"] === "long";
const patience = (isLong ? 180 : 10) * 60_000;

/** When a command is run here, or why it never is. */
type When = "always" | "long" | { readonly never: string };
const published = {
  never: "asks the registry for what is not published yet; packed packages have their own tests",
};
const elsewhere = { never: "is for another project: the packed library's own test runs it in an empty one" };

const fleet = { never: "takes two machines; lib/test/fleet does the same with processes as hosts" };

const readme: Readonly<Record<string, When>> = {
  "make article": "long",
  "make test": "long",
  "make reproduce PROFILE=quick": "long",
  "make decide": "long",
  "make reproduce": { never: "takes hours, and differs from the one before in how much it measures" },
  'export PATH="$PWD/node_modules/.bin:$PATH"': "always",
  "scheduling-safety list --profile full": "always",
  "scheduling-safety run scheduling-delay --workers 8 --set executor=run-queue,pinned --out /tmp/eight":
    "long",
  "scheduling-safety verify /tmp/eight": "always",
  "scheduling-safety claims /tmp/eight": "always",
  "scheduling-safety compare /tmp/eight": "always",
  "scheduling-safety fleet serve --listen 10.0.0.5 --port 5432 &": fleet,
  "scheduling-safety fleet enrol here there --reach 10.0.0.5:5432": fleet,
  "scheduling-safety fleet work --host here --database data/fleet-server/hosts/here.url &": fleet,
  "scheduling-safety fleet work --host there --database there.url": fleet,
  "scheduling-safety fleet plan --experiments all --profile quick --each-host": fleet,
  "scheduling-safety fleet status --watch": fleet,
  "scheduling-safety fleet collect --out data/fleet": fleet,
  "scheduling-safety claims --hosts data/fleet": fleet,
  "scheduling-safety-watch check --workers 1 --load 'npx autocannon -d 10 {url}' -- node app.js": "long",
  "scheduling-safety run early-detection --workers 1 --out /tmp/small --restart": "long",
  "make lab": { never: "does not end; JupyterLab has a test of its own" },
  "make notebooks": "long",
  "make verify": "long",
  "make audit": "long",
};

const library: Readonly<Record<string, When>> = {
  "npm install scheduling-safety": published,
  "npx scheduling-safety new-study checkout --in .": elsewhere,
  "npx scheduling-safety run checkout --profile quick": elsewhere,
  "npx scheduling-safety verify data/local/quick": elsewhere,
  "npx scheduling-safety claims data/local/quick": elsewhere,
  "npx scheduling-safety report data/local/quick": elsewhere,
  "npx scheduling-safety notebooks data/local/quick": elsewhere,
};

const watch: Readonly<Record<string, When>> = {
  "npm install scheduling-safety-watch": published,
  "node --import scheduling-safety-watch/register app.js": "always",
  "SCHEDULING_SAFETY_WATCH=trace=./trace node --import scheduling-safety-watch/register app.js": "always",
  "scheduling-safety-watch top PID": { never: "PID stands for a process of the reader's" },
  "scheduling-safety-watch report ./trace": "always",
  "scheduling-safety-watch check --load 'npx autocannon -d 10 {url}' --workers 1 -- node app.js": "long",
};

const texts = [
  ["README.md", readme],
  ["lib/README.md", library],
  ["lib/watch/README.md", watch],
] as const;

test.each(texts)("%s: of each command it is known whether it is run here", (path, known) => {
  expect(Object.keys(known).sort()).toEqual([...new Set(readmeCommands(path))].sort());
});

/** The library's own commands are for another project. */
const runnable = texts.filter(([path]) => path !== "lib/README.md");

/** Done, or measured on a host too busy for valid runs, or a check that found what it looks for. */
const wellEnded = (line: string) =>
  / check /.test(line) ? [0, 1] : / (?:run|claims|compare|report|export) /.test(line) ? [0, 3] : [0];

describe.skipIf(!existsSync(join(projectRoot, ".git")))("in a fresh clone", () => {
  let clone: FreshClone;
  let tmp = "";
  beforeAll(() => {
    clone = cloneAfresh(isLong ? "none" : "linked");
    tmp = join(clone.folder, "..", "tmp");
    mkdirSync(tmp);
    // The measurement that the short variant leaves out.
    const measured = join("intel-xeon-2-cores", "scheduling-delay");
    if (!isLong)
      cpSync(join(projectRoot, "data", "reference", measured), join(tmp, "eight", "scheduling-delay"), {
        recursive: true,
      });
  });
  afterAll(() => clone?.remove());

  test.each(runnable)(
    "the commands of %s do what they say",
    async (path, known) => {
      for (const line of readmeCommands(path)) {
        const when = known[line];
        if (when !== "always" && !(isLong && when === "long")) continue;
        const app = line.includes("{url}") ? "serving-app" : "starved-app";
        writeFileSync(join(clone.folder, "app.js"), `import "./lib/watch/test/fixtures/${app}.mjs";\n`);
        const { code, output } = await clone.run(line.replaceAll("/tmp/", `${tmp}/`));
        expect(wellEnded(line), `${line}\n${output}`).toContain(code);
      }
    },
    patience,
  );
});
