import { DataError, UsageError } from "../measure/study-error.ts";
import { installKernel } from "./install-kernel.ts";
import { installPython } from "./install-python.ts";

/*
 * What make runs before notebooks: `node setup-notebooks.js requirements.txt …` makes `.venv` with what these files
 * pin, and installs the kernel into it.
 */
try {
  for (const requirements of process.argv.slice(2)) installPython(requirements);
  installKernel();
} catch (error) {
  if (!(error instanceof UsageError || error instanceof DataError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
