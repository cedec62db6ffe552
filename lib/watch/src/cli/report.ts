import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { incidentLine } from "../incident/incident-line.ts";
import { printable } from "../printable.ts";
import { readTrace } from "../trace/read-trace.ts";
import { timelinePage } from "../trace/timeline-page.ts";
import { summarise, type TraceSummary } from "../trace/trace-summary.ts";
import { duration, textTable } from "./text-table.ts";
import { UsageError } from "./usage-error.ts";

/** Says what a trace holds, as text, as JSON, or as a page. */
export async function report(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean" }, html: { type: "string" } },
  });
  const [where, ...more] = positionals;
  if (where === undefined || more.length > 0) {
    throw new UsageError("report takes one trace: a folder, a table in it, or the number of a process");
  }
  const trace = readTrace(where);
  const summary = summarise(trace);
  if (values.html !== undefined) writeFileSync(values.html, timelinePage(trace, summary));
  if (values.json) process.stdout.write(`${jsonText(summary)}\n`);
  else if (values.html === undefined) process.stdout.write(`${reportText(summary, 100)}\n`);
  else process.stdout.write(`${values.html}\n`);
  return 0;
}

/** JSON spells most of what a terminal obeys by itself; what is spelt of the rest is JSON, too. */
export function jsonText(summary: TraceSummary): string {
  const lines = JSON.stringify(summary, null, 2).split("\n");
  return lines.map((line) => printable(line)).join("\n");
}

/** Writes a summary for people. */
export function reportText(summary: TraceSummary, columns: number): string {
  const { incidents, gaps } = summary;
  const count = incidents.length === 1 ? "1 incident" : `${incidents.length} incidents`;
  return [
    printable(
      `${summary.command} (process ${summary.pid}, Node.js ${summary.node}), ${duration(summary.writtenNs)} from ${summary.began}`,
    ),
    "",
    ...taskTable(summary, columns),
    "",
    ...workerTable(summary, columns),
    "",
    incidents.length === 0 ? "no incident was seen" : count,
    ...incidents.map((incident) => `  at ${duration(incident.beganNs)}: ${incidentLine(incident)}`),
    ...(gaps.length === 0
      ? []
      : ["", "not seen, or not explained:", ...gaps.map((gap) => `  ${printable(gap)}`)]),
  ].join("\n");
}

export function taskTable({ tasks }: TraceSummary, columns: number): string[] {
  const rows = tasks.map((task) => [
    task.task,
    task.pool,
    String(task.waiting),
    String(task.polls),
    duration(task.busyNs),
    duration(task.longestHoldNs),
    duration(task.waitP50Ns),
    duration(task.waitP99Ns),
  ]);
  const head = ["task", "pool", "waiting", "polls", "busy", "longest", "wait p50", "p99"];
  return textTable(head, rows, columns);
}

export function workerTable({ workers }: TraceSummary, columns: number): string[] {
  const rows = workers.map(({ worker, pool, heldBy, heldNs, polls, busyNs }) => [
    `worker ${worker}`,
    pool,
    heldBy ?? "–",
    duration(heldNs),
    String(polls),
    duration(busyNs),
  ]);
  return textTable(["worker", "pool", "held by", "for", "polls", "busy"], rows, columns, 3);
}
