import { UsageError } from "../measure/study-error.ts";

const oldest = 24;

/**
 * Refuses a Node.js that is too old to run the study. The locked runtime always passes; where no package of it
 * fits the platform, the system's own has to.
 */
export function checkRuntime(version: string = process.versions.node): void {
  if (Number.parseInt(version, 10) >= oldest) return;
  throw new UsageError(
    `Node.js must be ${oldest} or newer where the locked runtime is not available; got ${version}; install a newer one, or put node_modules/.bin first on PATH`,
  );
}
