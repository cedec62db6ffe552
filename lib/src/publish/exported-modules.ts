import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { entryBeside } from "../measure/entry-beside.ts";

/**
 * Finds, for every name that the library exports, the module it comes from: the last one that only hands names on.
 * `studies` comes from their catalogue, and so from all of them.
 */
export function exportedModules(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  collect(fileURLToPath(entryBeside(import.meta.url, "../index")), found);
  return found;
}

function collect(path: string, found: Map<string, string>): void {
  const text = readFileSync(path, "utf8");
  const from = (specifier = "") => resolve(dirname(path), specifier);
  for (const [, specifier] of text.matchAll(/^export \* from "(\.[^"]+)"/gm)) collect(from(specifier), found);
  for (const [, list = "", specifier] of text.matchAll(/^export (?:type )?\{([^}]*)\} from "(\.[^"]+)"/gm)) {
    for (const name of namesIn(list)) found.set(name, from(specifier));
  }
  const imports = new Map(
    [...text.matchAll(/^import \{([^}]*)\} from "(\.[^"]+)"/gm)].flatMap(([, list = "", specifier]) =>
      namesIn(list).map((name) => [name, from(specifier)] as const),
    ),
  );
  for (const [, list = ""] of text.matchAll(/^export \{([^}]*)\};/gm)) {
    for (const name of namesIn(list)) found.set(name, imports.get(name) ?? path);
  }
  for (const [, name = ""] of text.matchAll(/^export (?:const|function) (\w+)/gm)) found.set(name, path);
}

function namesIn(list: string): string[] {
  return list
    .split(",")
    .map((name) => name.trim().replace(/^type /, ""))
    .filter((name) => name !== "");
}
