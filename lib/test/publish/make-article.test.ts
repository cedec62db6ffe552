import { mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { expect, test } from "vitest";
import { clone, finishedClone, make, NODE, OUTPUTS, program, put, useClones, VALUES } from "./made-clone.ts";

useClones();

test.each([
  ["is gone", () => undefined],
  ["is empty", (file: string) => writeFileSync(file, "")],
  ["has other bytes", (file: string) => writeFileSync(file, "mad\n")],
  ["is a folder", (file: string) => mkdirSync(file)],
  ["leads elsewhere", (file: string) => symlinkSync("/dev/null", file)],
])(
  "make article builds nothing where everything is as it was made, and all of it where a file %s",
  (_, harm) => {
    finishedClone();
    expect(make(["-n", "article"])).not.toContain("main.js");
    for (const name of [...OUTPUTS, "article/SHA256SUMS"]) {
      rmSync(join(clone, name));
      harm(join(clone, name));
      expect(make(["-n", "article"])).toContain("node lib/dist/cli/main.js article");
      rmSync(join(clone, name), { recursive: true, force: true });
      make(["article"]);
      expect(readFileSync(join(clone, name), "utf8")).toBe("made\n");
    }
    rmSync(join(clone, VALUES));
    harm(join(clone, VALUES));
    expect(make(["-n", "article"])).toContain("node lib/dist/cli/main.js notebooks");
  },
);

test.each([
  ["a sentence is saved while the article is built", "article/sections/a.md", "article", "article"],
  ["a table is saved while notebooks are executed", "data/reference/a", "notebooks", "notebooks"],
])("%s: the next make makes it anew", (_, file, during, again) => {
  finishedClone();
  put("node_modules/.bin/node", `${NODE}\ncase "$*" in *${during}) echo saved >> ${file};; esac`);
  put(file, "changed");
  make(["article"]);
  program("node_modules/.bin/node", NODE);
  expect(make(["-n", "article"])).toContain(`node lib/dist/cli/main.js ${again}`);
  make(["article"]);
  expect(make(["-n", "article"])).not.toContain("main.js");
});

test.each([
  ["notebooks", "data/reference/a"],
  ["article", "article/sections/a.md"],
])(
  "make article asks for %s where something came that is older than the last make, or something is gone",
  (again, file) => {
    finishedClone();
    const older = join(dirname(file), `older${extname(file)}`);
    put(older);
    utimesSync(join(clone, older), 1, 1);
    expect(make(["-n", "article"])).toContain(`node lib/dist/cli/main.js ${again}`);
    make(["article"]);
    rmSync(join(clone, older));
    expect(make(["-n", "article"])).toContain(`node lib/dist/cli/main.js ${again}`);
  },
);

test("one notebook alone says nothing of the others: the article asks for them all", () => {
  finishedClone();
  put("data/reference/b");
  make(["notebooks", "NOTEBOOK=07"]);
  expect(make(["-n", "article"])).toContain("node lib/dist/cli/main.js notebooks");
  make(["notebooks"]);
  expect(make(["-n", "article"])).not.toContain("node lib/dist/cli/main.js notebooks");
});

test("an edition beside the reference is no part of what make article builds", () => {
  finishedClone();
  put("article/build/this-host/index.html");
  expect(make(["-n", "article"])).not.toContain("main.js");
});

test.each(["published", "simulated", "traces", "something-new"])(
  "the notebooks are executed again where data/%s has changed, but not after a run of this host's",
  (folder) => {
    finishedClone();
    put("data/local/full/a");
    put("data/fleet/host/controls/a");
    put("data/fleet-server/database/postmaster.pid");
    put("data/local host/a"); // to make it would be two names
    expect(make(["-n", "article"])).not.toContain("main.js");
    put(`data/${folder}/b`);
    expect(make(["-n", "article"])).toContain("node lib/dist/cli/main.js notebooks");
  },
);
