import { readFileSync } from "node:fs";
import * as v from "valibot";
import { printable } from "../printable.ts";
import { check } from "./check.ts";
import { report } from "./report.ts";
import { top } from "./top.ts";
import { UsageError } from "./usage-error.ts";

const help = `scheduling-safety-watch: which task held the workers of your pool while which others waited

  node --import scheduling-safety-watch/register app.js   watch every Piscina and Tinypool pool of app.js
  scheduling-safety-watch top [PID|TRACE]                 look at a program that runs, or ran, with trace=FOLDER
  scheduling-safety-watch report TRACE                    what its trace says
      --json                                              as one JSON object
      --html FILE                                         as a page with the timeline
  scheduling-safety-watch check [OPTIONS] -- COMMAND      run a program on a small pool; exit code 1 if it starves
      --workers N                                         as if its pools had N workers (1)
      --load COMMAND                                      load to run once it listens; {url} and {port} are filled in
      --allow TASK                                        a task that may hold workers; may be repeated

Options of the watch: SCHEDULING_SAFETY_WATCH="trace=./trace,holdMs=50,…"; see the README.
`;

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  check,
  report,
  top,
};

/**
 * Runs the command line.
 *
 * @returns 0: done, nothing starved; 1: something did, or the work failed; 2: it was called wrongly, or a check can say nothing;
 *   128 and the signal's number: a check was ended
 */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(help);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (command === undefined) {
      throw new UsageError(`command is unknown: ${name}; there are ${Object.keys(commands).join(", ")}`);
    }
    return await command(rest);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    process.stderr.write(`scheduling-safety-watch: ${printable(error.message)}\n`);
    // Of a check, 1 is a verdict.
    return command === check || isUsage(error) ? 2 : 1;
  }
}

function isUsage(error: Error): boolean {
  return error instanceof UsageError || ("code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));
}

const packageText = v.pipe(v.string(), v.parseJson(), v.object({ version: v.string() }));

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return v.parse(packageText, text).version;
}
