import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parentDeathPrefix } from "../../src/measure/parent-death.ts";
import { projectRoot } from "../../src/measure/project-root.ts";
import { canCount, marked } from "./marked-processes.ts";
import { startVictim, temporaryFolder, until } from "./victims.ts";

test.runIf(canCount && parentDeathPrefix("KILL").length > 0)("what make started ends with make", async () => {
  const folder = temporaryFolder();
  cpSync(join(projectRoot, "Makefile"), join(folder, "Makefile"));
  for (const name of ["lib", "article", "data/reference", "data/published"])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, "article/SHA256SUMS"), "");
  writeFileSync(
    join(folder, "slow.mk"),
    "include Makefile\nslow:\n\t@true && $(BOUND) sh -c 'touch bound; exec sleep 10000'\n",
  );
  const { program, mark } = startVictim(["make", "-f", "slow.mk", "slow"], {
    cwd: folder,
    env: { MAKEFLAGS: "" },
  });
  // It sleeps for hours, only the kill can end it; and that only once it is bound.
  await until(() => existsSync(join(folder, "bound")));
  program.kill("SIGKILL");
  await once(program, "exit");
  await until(() => marked(mark).length === 0);
  expect(marked(mark)).toEqual([]);
});
