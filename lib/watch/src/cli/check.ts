import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { incidentLine } from "../incident/incident-line.ts";
import { judge } from "../incident/judge.ts";
import { parseOptions } from "../options.ts";
import { printable } from "../printable.ts";
import { readTrace, type Trace } from "../trace/read-trace.ts";
import { runWatched } from "./run-watched.ts";
import { UsageError } from "./usage-error.ts";

/** Signals by which a check is ended before it has come to a verdict; one by a terminal that is closed, too. */
const endSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs a program with small pools, with a load if one is given, and says whether any task starved others.
 *
 * @returns 0: none did; 1: one did, or one that was allowed to did not; 2: nothing can be said; 128 and the signal's number: it
 *   was ended
 */
export async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      workers: { type: "string", default: "1" },
      load: { type: "string" },
      allow: { type: "string", multiple: true, default: [] },
    },
  });
  const [command] = positionals;
  const workers = Number(values.workers);
  if (command === undefined)
    throw new UsageError("check takes a command: scheduling-safety-watch check -- node app.js");
  if (!Number.isInteger(workers) || workers < 1) {
    throw new UsageError(`workers must be a whole number ≥ 1; got ${values.workers}`);
  }
  const interruption = new AbortController();
  const interrupt = (signal: NodeJS.Signals) => interruption.abort(128 + constants.signals[signal]);
  for (const signal of endSignals) process.on(signal, interrupt);
  const folder = mkdtempSync(join(tmpdir(), "scheduling-safety-check-"));
  try {
    const options = { ...ownOptions(), lines: "off", trace: folder, workers };
    const problem = await runWatched(positionals, values.load, folder, options, interruption.signal);
    if (interruption.signal.aborted) return Number(interruption.signal.reason);
    return conclude(readTraces(folder), values.allow, workers, problem);
  } finally {
    for (const signal of endSignals) process.off(signal, interrupt);
    // What the program started may write there until it has ended, too.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  }
}

function conclude(
  traces: readonly Trace[],
  allow: readonly string[],
  workers: number,
  problem: string | null,
): number {
  const size = workers === 1 ? "one worker" : `${workers} workers`;
  const all = traces.flatMap(({ incidents }) => incidents);
  const incidents = all.filter(({ kind }) => kind === "pool");
  for (const incident of all) say(incidentLine(incident));
  for (const gap of traces.flatMap(({ gaps }) => gaps)) say(`not seen: ${gap}`);
  if (problem !== null) {
    say(problem);
    return 2;
  }
  const tasks = traces.flatMap(({ facts }) => facts.pools).reduce((sum, pool) => sum + pool.tasks, 0);
  if (tasks === 0) {
    say("no task of a watched pool ran: nothing can be said about starvation");
    return 2;
  }
  const { starving, unused } = judge(incidents, allow);
  if (starving.length > 0) {
    const names = [...new Set(starving.map(({ culprits }) => `\`${culprits[0]?.task}\``))];
    say(`with ${size}, ${names.join(", ")} starved others: ${times(starving.length)} in ${tasks} tasks`);
    return 1;
  }
  if (traces.some(({ unjudged }) => unjudged.length > 0)) {
    say("what was not seen may have starved others: nothing can be said about starvation");
    return 2;
  }
  if (unused.length > 0) {
    say(`allowed, but starved nobody: ${unused.join(", ")}; remove the entry`);
    return 1;
  }
  say(`with ${size}, no task of ${tasks} starved another`);
  return 0;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function ownOptions() {
  try {
    return parseOptions(process.env["SCHEDULING_SAFETY_WATCH"] ?? "");
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A program may have processes of its own, each with its trace. */
function readTraces(folder: string): Trace[] {
  return readdirSync(folder)
    .filter((name) => /^\d+-/.test(name))
    .flatMap((name) => {
      const own = join(folder, name);
      return readdirSync(own).some((table) => table.endsWith(".arrow")) ? [readTrace(own)] : [];
    });
}

function say(line: string): void {
  process.stderr.write(`check: ${printable(line)}\n`);
}
