import { createInterface, emitKeypressEvents } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { incidentLine } from "../incident/incident-line.ts";
import { printable } from "../printable.ts";
import { readTrace } from "../trace/read-trace.ts";
import { summarise, type TaskSummary, type TraceSummary } from "../trace/trace-summary.ts";
import { taskTable, workerTable } from "./report.ts";
import { duration } from "./text-table.ts";
import { UsageError } from "./usage-error.ts";

/** What the table of tasks can be sorted by, and the key for it. */
const orders: Readonly<
  Record<string, { readonly name: string; readonly by: (task: TaskSummary) => number | string }>
> = {
  w: { name: "waiting", by: ({ waiting }) => -waiting },
  p: { name: "polls", by: ({ polls }) => -polls },
  b: { name: "busy", by: ({ busyNs }) => -busyNs },
  d: { name: "wait p99", by: ({ waitP99Ns }) => -(waitP99Ns ?? 0) },
  n: { name: "name", by: ({ task }) => task },
};

const refreshMs = 500;
/** Tasks that were submitted longer ago are left out of the table (ns). */
const recentNs = 60e9;

/** Shows a trace as it grows: a table that renews itself in a terminal, plain lines once elsewhere. */
export async function top(args: readonly string[]): Promise<number> {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
  const [where, ...more] = positionals;
  if (where === undefined || more.length > 0) {
    throw new UsageError(
      "top takes a process's number or the folder of a trace; see report for traces of the past",
    );
  }
  const look = () => lookAt(where);
  if (!process.stdout.isTTY || !process.stdin.isTTY) {
    process.stdout.write(`${screen(look(), "w", 80, Number.POSITIVE_INFINITY)}\n`);
    return 0;
  }
  await live(look);
  return 0;
}

function lookAt(where: string): TraceSummary {
  const trace = readTrace(where);
  return summarise(trace, trace.facts.writtenNs - recentNs);
}

/** Writes one screen of a summary, with the tasks in an order. */
export function screen(summary: TraceSummary, key: string, columns: number, rows: number): string {
  const { name, by } = orders[key] ?? (orders["w"] as (typeof orders)[string]);
  const tasks = [...summary.tasks].sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0));
  const libuv =
    summary.libuvWaitNs === null
      ? ""
      : `  libuv's pool: a trivial call waits ${duration(summary.libuvWaitNs)}`;
  const keys = Object.entries(orders).map(([each, order]) => `${each} ${order.name}`);
  const lines = [
    `process ${summary.pid}, ${duration(summary.writtenNs)}${libuv}`,
    `tasks by ${name}   keys: ${keys.join(", ")}, q quit`,
    "",
    ...taskTable({ ...summary, tasks }, columns),
    "",
    ...workerTable(summary, columns),
    "",
    summary.incidents.length === 0 ? "no incident was seen" : `incidents: ${summary.incidents.length}`,
    ...summary.incidents
      .slice(-5)
      .reverse()
      .flatMap((incident) => wrap(incidentLine(incident), columns)),
    ...summary.gaps.flatMap((gap) => wrap(`not seen, or not explained: ${printable(gap)}`, columns)),
  ];
  return lines
    .slice(0, rows)
    .map((line) => line.slice(0, columns))
    .join("\n");
}

async function live(look: () => TraceSummary): Promise<void> {
  const { stdin, stdout } = process;
  let key = "w";
  const ended = new AbortController();
  const input = createInterface({ input: stdin });
  emitKeypressEvents(stdin, input);
  stdin.setRawMode(true);
  stdin.on("keypress", (_, pressed: { name?: string; ctrl?: boolean }) => {
    if (pressed.name === "q" || (pressed.ctrl && pressed.name === "c")) ended.abort();
    else if (pressed.name !== undefined && Object.hasOwn(orders, pressed.name)) key = pressed.name;
  });
  try {
    while (!ended.signal.aborted) {
      stdout.write(`\x1b[H\x1b[J${screen(look(), key, stdout.columns, stdout.rows - 1)}`);
      await setTimeout(refreshMs, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  } finally {
    stdin.setRawMode(false);
    input.close();
    stdout.write("\n");
  }
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length + 1 > columns) {
      lines.push(line);
      line = " ";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
