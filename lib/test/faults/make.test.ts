import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeHeldFolder } from "../../src/measure/held-folder.ts";
import { checksums } from "../../src/publish/checksums.ts";
import { scratchFolder } from "../../src/publish/scratch-folder.ts";
import { canCount, marked } from "./marked-processes.ts";
import { canClone, scratchClone } from "./scratch-clone.ts";
import { faults, random, startVictim, until, type Victim } from "./victims.ts";

const kills = faults === "long" ? 40 : 2;
const timeout = 1_800_000 + kills * 120_000;
const isHere = faults !== "" && canCount && canClone();

let clone = "";
beforeAll(() => {
  if (!isHere) return;
  clone = makeHeldFolder("clone", scratchFolder).path;
  scratchClone(clone);
}, timeout);
afterAll(() => {
  if (clone !== "") rmSync(clone, { recursive: true });
});

const keeping = ["notebooks", "NOTEBOOK=07"];
const targets = [keeping, ["article"]];

test.runIf(isHere)(
  `make killed at random moments, ${kills} times a target: no process is left, no half artefact, and the next one ends well`,
  async () => {
    // What is committed may await its next execution; what is made now must stay whole.
    for (const target of targets) await finish(target);
    const [whole, withoutFigures] = [await keptFiles(), await keptFiles(["notebooks", "article/SHA256SUMS"])];
    for (const target of targets) {
      const tookMs = await finish(target);
      expect(await keptFiles()).toEqual(whole);
      for (let kill = 0; kill < kills; kill++) {
        // Otherwise there is nothing to do.
        appendFileSync(join(clone, "article/article.md"), "\n");
        const { program, mark } = start(target);
        const ended = once(program, "exit");
        await Promise.race([ended, sleep(random() * tookMs)]);
        program.kill("SIGKILL");
        await ended;
        const said = log();
        await until(() => marked(mark).length === 0);
        // Nobody went on without make: a command that lives to its end says so.
        expect(log()).toBe(said);
        // Between two renames the place of the figures is empty.
        expect([whole, withoutFigures]).toContain(await keptFiles());
        expect(["whole", "none"]).toContain(await publication());
      }
      await finish(target);
    }
    expect(await publication()).toBe("whole");
    expect(readdirSync(join(clone, ".cache/tmp"))).toEqual([]);
    expect(readdirSync(join(clone, ".cache/editions"))).toEqual(["reference"]);
  },
  timeout,
);

test.runIf(isHere)(
  `make killed while it keeps notebooks and figures, ${kills} times: the next execution puts the rest in place`,
  async () => {
    await finish(keeping);
    const whole = await keptFiles();
    for (let kill = 0; kill < kills; kill++) {
      appendFileSync(join(clone, "notebooks/07-blame.ipynb"), "\n");
      appendFileSync(join(clone, "figures/blame-verdicts.svg"), "\n");
      const { program, mark } = start(keeping);
      const ended = once(program, "exit");
      const kept = join(clone, ".cache/editions/reference.kept");
      await until(() => existsSync(kept) || program.exitCode !== null);
      program.kill("SIGKILL");
      await ended;
      await until(() => marked(mark).length === 0);
      // It keeps nothing itself, and fails where one of them is not what the other is of.
      execFileSync("node", ["lib/dist/cli/main.js", "notebooks", "--only", "07"], {
        cwd: clone,
        stdio: "pipe",
      });
      expect(await keptFiles()).toEqual(whole);
    }
  },
  timeout,
);

function start(target: readonly string[]): Victim {
  const output = openSync(join(clone, ".cache/log"), "w");
  try {
    return startVictim(["make", ...target], {
      cwd: clone,
      env: { MAKEFLAGS: "" },
      stdio: ["ignore", output, output],
    });
  } finally {
    closeSync(output);
  }
}

/** Lets make finish and returns how long it took (ms), from which the moments of the kills are drawn. */
async function finish(target: readonly string[]): Promise<number> {
  const began = performance.now();
  const [code] = await once(start(target).program, "exit");
  expect(code, log()).toBe(0);
  return performance.now() - began;
}

/** What make and its commands said. */
function log(): string {
  return readFileSync(join(clone, ".cache/log"), "utf8");
}

/** What is committed and made anew. */
function keptFiles(names = ["figures", "notebooks", "article/SHA256SUMS"]): Promise<string> {
  const there = names.filter((name) => existsSync(join(clone, name)));
  return checksums(clone, there);
}

/** What lies where the publication belongs, by what it must be. */
async function publication(): Promise<"whole" | "none" | "a part"> {
  const build = join(clone, "article/build");
  if (!existsSync(build)) return "none";
  const wanted = readFileSync(join(clone, "article/SHA256SUMS"), "utf8");
  const found = await checksums(build, readdirSync(build));
  return found === wanted ? "whole" : "a part";
}
