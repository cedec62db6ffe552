import { extname } from "node:path";

/**
 * Names the entry point of a thread or process that lies beside a module, compiled or not as the module itself is. Who
 * identifies this package's code by what it loads finds such entries by calls of this name.
 *
 * @param moduleUrl `import.meta.url` of the module
 * @param name file name without extension
 */
export function entryBeside(moduleUrl: string, name: string): URL {
  return new URL(`./${name}${extname(moduleUrl)}`, moduleUrl);
}
