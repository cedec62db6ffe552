import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../src/measure/project-root.ts";

/** Lists the commands that a text tells its reader to run, word for word, without what is said beside them. */
export function readmeCommands(path: string): string[] {
  const text = readFileSync(join(projectRoot, path), "utf8");
  const fenced = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);
  const indented = [...text.matchAll(/(?<=\n\n)(?: {4}.*\n)+/g)].map(([block]) => block);
  return [...fenced, ...indented]
    .flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line !== "");
}
