import { UsageError } from "../measure/study-error.ts";

const oldest = 24;

/**
 * Refuses what the study cannot run on: Windows, whose pools nobody has measured and whose paths nobody has tried, and a
 * Node.js that is too old. The locked runtime always passes; where no package of it fits the platform, the system's own
 * has to.
 */
export function checkRuntime(
  version: string = process.versions.node,
  platform: string = process.platform,
): void {
  if (platform === "win32") {
    throw new UsageError(
      "platform must be Linux or macOS; got Windows; run the study in WSL 2 or in a container",
    );
  }
  if (Number.parseInt(version, 10) >= oldest) return;
  throw new UsageError(
    `Node.js must be ${oldest} or newer where the locked runtime is not available; got ${version}; install a newer one, or put node_modules/.bin first on PATH`,
  );
}
