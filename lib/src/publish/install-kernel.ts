import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../measure/make-folder.ts";
import { projectRoot } from "../measure/project-root.ts";
import { UsageError } from "../measure/study-error.ts";

/**
 * Installs the kernelspec `tslab` into `.venv`: the running Node, our kernel, and every scratch file under `.cache`.
 * Returns the kernelspec's folder.
 * @throws UsageError if `.venv` or the built library is missing.
 */
export function installKernel(root: string = projectRoot): string {
  const kernel = join(import.meta.dirname, "..", "..", "dist", "publish", "kernel.js");
  for (const [what, path] of Object.entries({ "Python environment": join(root, ".venv"), kernel })) {
    if (!existsSync(path))
      throw new UsageError(`${what} must be there before the kernel is installed: ${path}; run make`);
  }
  const folder = join(root, ".venv", "share", "jupyter", "kernels", "tslab");
  const scratch = join(root, ".cache", "tmp");
  const spec = {
    argv: [process.execPath, kernel, "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
    env: {
      TMPDIR: scratch,
      NODE_COMPILE_CACHE: join(root, ".cache", "compile"),
      PATH: `${join(root, "node_modules", ".bin")}:\${PATH}`,
    },
  };
  makeFolder(scratch);
  makeFolder(folder);
  writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(spec, null, 1)}\n`);
  return folder;
}
