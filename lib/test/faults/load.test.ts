import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { canCount, marked } from "./marked-processes.ts";
import { faults, random, startVictim, temporaryFolder, until } from "./victims.ts";

const kills = faults === "long" ? 20 : 2;
const owner = join(import.meta.dirname, "fixtures/load-owner.ts");

test.runIf(canCount).each([
  ["the load generator", "load-generator", 3],
  ["what it loads", "load-owner", null],
])(
  `%s killed at random moments, ${kills} times: the other ends, and nothing is left`,
  async (_, role, code) => {
    for (let kill = 0; kill < kills; kill++) {
      const folder = temporaryFolder();
      const { program, mark } = startVictim([process.execPath, owner], { env: { TMPDIR: folder } });
      const ended = once(program, "exit");
      await until(() => marked(mark, "load-generator").length > 0);
      await sleep(random() * 500);
      for (const pid of marked(mark, role)) process.kill(pid, "SIGKILL");
      expect((await ended)[0]).toBe(code);
      await until(() => marked(mark).length === 0);
      expect(readdirSync(folder)).toEqual([]);
    }
  },
);
