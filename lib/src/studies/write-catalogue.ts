import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../measure/study-error.ts";
import { order } from "./order.ts";
import { exportName } from "./study.ts";

/**
 * Writes the module that lists the studies: every folder beside it, in the order of the article.
 *
 * @param folder the folder of the studies
 * @throws {DataError} when a study has no place in the order, or the order names a study that is not there.
 */
export function writeCatalogue(folder: string): string {
  const found = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const known: readonly string[] = order;
  const unplaced = found.find((name) => !known.includes(name));
  if (unplaced !== undefined) {
    throw new DataError(`study has no place in the article: ${unplaced}; name it in studies/order.ts`);
  }
  const absent = known.find((name) => !found.includes(name));
  if (absent !== undefined) {
    throw new DataError(`study is missing: ${join(folder, absent)}; take it out of studies/order.ts`);
  }
  const names = [...found].sort();
  return [
    "// Written by `scheduling-safety generate` from the folders beside it; do not edit.",
    ...names.map((name) => `import { ${exportName(name)} } from "./${name}/index.ts";`),
    'import type { Study } from "./study.ts";',
    "",
    `export { ${names.map(exportName).join(", ")} };`,
    "",
    "/** Every study, in the order of the article. */",
    `export const studies: readonly Study[] = [${known.map(exportName).join(", ")}];`,
    "",
  ].join("\n");
}
