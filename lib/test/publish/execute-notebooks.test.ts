import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { projectRoot } from "../../src/measure/project-root.ts";
import { executeNotebooks } from "../../src/publish/execute-notebooks.ts";
import type { Ending } from "../../src/publish/find-failures.ts";
import { installKernel } from "../../src/publish/install-kernel.ts";

test("a kernel that does not start is started once more; one that never does is told of", async () => {
  installKernel();
  const folder = mkdtempSync(join(tmpdir(), "kernels-"));
  const startsOf = (kernel: string) => readFileSync(join(folder, `${kernel}-starts`), "utf8").length;
  declareKernel(folder, "late", `[ $(wc -l < "${folder}/late-starts") -gt 1 ] || exit 1; exec "$@"`);
  declareKernel(folder, "never", "exit 1");
  // It came as far as the cell that throws.
  expect(await endingOf("late", folder)).toMatchObject({ kind: "threw", cell: 1 });
  expect(startsOf("late")).toBe(2);
  expect(await endingOf("never", folder)).toMatchObject({ kind: "broke", cell: null });
  expect(startsOf("never")).toBe(2);
  rmSync(folder, { recursive: true });
});

/** Declares a kernel that counts its starts, then runs a line of shell before it becomes, or in place of, the real one. */
function declareKernel(folder: string, name: string, line: string): void {
  const spec = join(projectRoot, ".venv", "share", "jupyter", "kernels", "tslab", "kernel.json");
  const real = JSON.parse(readFileSync(spec, "utf8")) as { argv: string[] };
  mkdirSync(join(folder, "kernels", name), { recursive: true });
  const argv = ["sh", "-c", `echo >> "${folder}/${name}-starts"; ${line}`, "sh", ...real.argv];
  writeFileSync(join(folder, "kernels", name, "kernel.json"), JSON.stringify({ ...real, argv }));
}

async function endingOf(kernel: string, folder: string): Promise<Ending | undefined> {
  const path = fileURLToPath(new URL("fixtures/throws.ipynb", import.meta.url));
  const notebooks = [{ path, output: join(folder, "executed.ipynb"), folder }];
  const job = { kernel, concurrency: 1, cellSeconds: 60, notebooks };
  const jobFile = join(folder, "job.json");
  writeFileSync(jobFile, JSON.stringify(job));
  let ending: Ending | undefined;
  const keep = (_: string, how: Ending) => {
    ending = how;
  };
  await executeNotebooks(jobFile, job, { JUPYTER_PATH: folder }, () => {}, keep);
  return ending;
}
