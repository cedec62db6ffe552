import { join } from "node:path";
import { Command, Help } from "commander";
import { readPackageFile } from "../measure/package-file.ts";
import { UsageError } from "../measure/study-error.ts";
import type { CliContext, RegisterCommand } from "./command.ts";
import { examples } from "./examples.ts";
import { describeError, exitCodeOf, exitCodes } from "./exit-code.ts";
import { printable } from "./printable.ts";
import { textTable } from "./text-table.ts";

/** Runs one command line, such as `["run", "all"]`, and returns the exit code. */
export async function runCli(
  args: readonly string[],
  commands: readonly RegisterCommand[],
  context: CliContext,
): Promise<number> {
  try {
    const program = describedProgram();
    const shown = { ...context, print: (text: string) => context.print(printable(text)) };
    for (const register of commands) register(program, shown);
    for (const command of program.commands) checkOptions(command);
    await program.parseAsync(args, { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const text = describeError(error);
    if (text !== null) process.stderr.write(`${text}\n`);
    return exitCodeOf(error);
  }
}

function describedProgram(): Command {
  const { version } = readPackageFile(join(import.meta.dirname, "..", "..", "package.json"));
  return new Command("scheduling-safety")
    .description("Measures executor starvation on Node.js worker pools")
    .version(version, "--version", "show the version")
    .helpCommand(false)
    .commandsGroup("For your own host:")
    .addHelpText(
      "after",
      `
${examples(
  ["list", "what would run, and how long"],
  ["run all --out /tmp/mine", "measure this host"],
  ["claims /tmp/mine", "what the data say of every claim"],
).trimStart()}

Exit codes:
${describeExitCodes()}`,
    )
    .configureOutput({ writeErr: (text) => void process.stderr.write(printable(text)) })
    .showHelpAfterError("(see --help)")
    .exitOverride();
}

/** A terminal has 80 columns at least, of which the codes take twelve. */
const meaningColumns = 68;

function describeExitCodes(): string {
  const help = new Help();
  const rows = exitCodes.flatMap(([code, meaning]) =>
    help
      .boxWrap(meaning, meaningColumns)
      .split("\n")
      .map((line, i) => [i === 0 ? `  ${code}` : "", line]),
  );
  return textTable(rows).join("\n");
}

/**
 * Refuses what would pass in silence: an empty text, as of a variable that is not set, and an option given twice, of which the
 * last would win, but where it gathers values: into a list, or as words up to the next option.
 */
function checkOptions(command: Command): void {
  for (const within of command.commands) checkOptions(within);
  for (const option of command.options) {
    const gathers = option.variadic || Array.isArray(option.defaultValue);
    let isGiven = false;
    command.on(`option:${option.name()}`, (value?: string | null) => {
      if (value?.trim() === "")
        throw new UsageError(`option is empty: ${option.long}; give it a value, or leave it out`);
      if (isGiven && !gathers) throw new UsageError(`option is given twice: ${option.long}; give it once`);
      isGiven = true;
    });
  }
}
