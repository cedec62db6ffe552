import module from "node:module";
import { join } from "node:path";
import { checkRuntime } from "./check-runtime.ts";
import { describeError, exitCodeOf } from "./exit-code.ts";

process.on("uncaughtException", fail);
// First of all: an older Node.js lacks modules that the commands import.
checkRuntime();

// Most of a command's start is compiling what it loads; what is measured starts without. The folder is the clone's own, or
// that of the packages which this one was installed with.
module.enableCompileCache?.(join(import.meta.dirname, "..", "..", "..", ".cache", "compile"));

// Whoever reads our output may stop reading, as `head` does: that is no fault, and changes nothing of what is under way.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
// Node calls experimental that it runs TypeScript, on which studies rest; other warnings are shown.
process.removeAllListeners("warning");
process.on("warning", ({ name, message }) => {
  if (name !== "ExperimentalWarning") process.stderr.write(`warning: ${message}\n`);
});

// Loaded from within, so that a fault of the system while our own files are read is told like any other.
await import("./commands.ts").then(({ runCommands }) => runCommands(), fail).catch(fail);

function fail(error: unknown): void {
  process.stderr.write(`${describeError(error)}\n`);
  process.exit(exitCodeOf(error));
}
