import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../src/measure/project-root.ts";
import { notebookFiles } from "../../src/publish/edition-paths.ts";
import type { BenchRow } from "../../src/tables/bench-results.ts";
import { canCount, costOf } from "../cost-of.ts";

const nbconvert = join(projectRoot, ".venv", "bin", "jupyter-nbconvert");
const execute = join(projectRoot, "lib", "bench", "execute-notebooks.ts");
const study = join(projectRoot, "lib", "dist", "cli", "main.js");

/**
 * What it takes from empty notebooks to executed ones, every figure drawn anew: our runner, and `jupyter nbconvert --execute`
 * with the same kernel. Of all notebooks, ours also builds the article, page and PDF.
 */
export async function article(
  sizes: readonly number[] = [1, 4, notebookFiles().length],
): Promise<BenchRow[]> {
  if (!canCount) return [];
  const folder = mkdtempSync(join(tmpdir(), "bench-article-"));
  try {
    return sizes.flatMap((size) => {
      const notebooks = notebookFiles().slice(0, size);
      const isAll = size === notebookFiles().length;
      const commands = {
        "our runner": [[process.execPath, execute, folder, ...notebooks]],
        ...(isAll && {
          "our runner and the article": [
            [process.execPath, execute, folder, ...notebooks],
            [process.execPath, study, "article"],
          ],
        }),
        ...(existsSync(nbconvert) && { nbconvert: [[nbconvert, ...withNbconvert, folder, ...notebooks]] }),
      };
      return Object.entries(commands).map(([candidate, steps]): BenchRow => {
        const costs = steps.map((command) => costOf(command, { SCHEDULING_SAFETY_FRESH: "1" }));
        return {
          stage: "article",
          candidate,
          ours: candidate !== "nbconvert",
          size,
          sizeUnit: "notebooks",
          cost: costs.reduce((sum, { wallS }) => sum + wallS, 0),
          costUnit: "s",
          memoryMiB: Math.max(...costs.map(({ memoryMiB }) => memoryMiB)),
        };
      });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const withNbconvert = ["--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=600", "--output-dir"];
