import { Command } from "commander";
import { checkRuntime } from "./check-runtime.ts";
import type { CliContext, RegisterCommand } from "./command.ts";
import { describeError, exitCodeOf } from "./exit-code.ts";

/** Runs one command line, such as `["run", "all"]`, and returns the exit code. */
export async function runCli(
  args: readonly string[],
  commands: readonly RegisterCommand[],
  context: CliContext,
): Promise<number> {
  const program = new Command("scheduling-safety")
    .description("Measures executor starvation on Node.js worker pools")
    .showHelpAfterError("(see --help)")
    .exitOverride();
  for (const register of commands) register(program, context);
  try {
    checkRuntime();
    await program.parseAsync(args, { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const text = describeError(error);
    if (text !== null) process.stderr.write(`${text}\n`);
    return exitCodeOf(error);
  }
}
