import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Table, tableFromIPC } from "@uwdata/flechette";
import * as v from "valibot";
import type { Incident } from "../incident/incident.ts";
import { findTrace } from "./find-trace.ts";
import { incidentLine, traceFactsText } from "./trace-json.ts";
import { type TraceFacts, type TraceRow, traceColumns } from "./trace-schema.ts";

/** A trace as it was read: its polls, its incidents, what it says of itself, and what of it could not be read. */
export interface Trace {
  readonly facts: TraceFacts;
  /** Sorted by submission. */
  readonly rows: readonly TraceRow[];
  readonly incidents: readonly Incident[];
  /** A sentence for everything that is missing. */
  readonly gaps: readonly string[];
  /** Those of them for which an incident may be missing, too. */
  readonly unjudged: readonly string[];
}

/** Equally long columns, one row a poll, in the shape of the study's records; times in ns since the watch began. */
export interface TracePolls {
  readonly task: Int32Array;
  readonly tag: Int32Array;
  readonly worker: Int32Array;
  readonly dueNs: Float64Array;
  readonly enqueuedNs: Float64Array;
  readonly startedNs: Float64Array;
  readonly endedNs: Float64Array;
}

/**
 * Reads a trace by process number, folder or table, also one whose process was killed.
 *
 * @throws {Error} saying that there is none, or that no part of it is one.
 */
export function readTrace(where: string): Trace {
  const { folder, tables } = findTrace(where);
  const gaps: string[] = [];
  const rows: TraceRow[] = [];
  let facts: TraceFacts | null = null;
  for (const name of tables) {
    try {
      const read = readTable(join(folder, name));
      facts = read.facts;
      // A task that goes on in one table has come further in the next.
      for (const row of read.rows) if (row.tag !== 2 || name === tables.at(-1)) rows.push(row);
    } catch (error) {
      gaps.push(`table cannot be read: ${join(folder, name)}: ${(error as Error).message}`);
    }
  }
  if (facts === null) throw new Error(gaps[0] ?? `folder holds no trace: ${folder}`);
  if (tables.length > 1 && !tables[0]?.endsWith("-000001.arrow")) {
    gaps.unshift("the beginning is no longer there: the ring was full");
  }
  const unseen = facts.pools.reduce((most, pool) => Math.max(most, pool.unseen), 0);
  const unjudged = unseen > 0 ? [`${unseen} tasks were not seen: too many were under way at once`] : [];
  const incidents = readIncidents(folder, unjudged);
  return {
    facts,
    rows: rows.sort((a, b) => a.dueNs - b.dueNs),
    incidents,
    gaps: [...gaps, ...unjudged],
    unjudged,
  };
}

/** Gives the polls of one pool that have ended, as columns with the names of their tasks. */
export function tracePolls({ rows }: Trace, pool: string): { polls: TracePolls; names: string[] } {
  const ran = rows.filter((row) => row.pool === pool && row.startedNs !== null && row.endedNs !== null);
  const names = [...new Set(ran.map(({ task }) => task))];
  const times = (name: "dueNs" | "enqueuedNs" | "startedNs" | "endedNs") =>
    Float64Array.from(ran, (row) => row[name] ?? Number.NaN);
  return {
    names,
    polls: {
      task: Int32Array.from(ran, ({ task }) => names.indexOf(task)),
      tag: Int32Array.from(ran, ({ tag }) => tag),
      worker: Int32Array.from(ran, ({ worker }) => worker),
      dueNs: times("dueNs"),
      enqueuedNs: times("enqueuedNs"),
      startedNs: times("startedNs"),
      endedNs: times("endedNs"),
    },
  };
}

function readTable(path: string): { facts: TraceFacts; rows: TraceRow[] } {
  const table = decode(path);
  const text = table.schema.metadata?.get("trace");
  const missing = Object.keys(traceColumns).find((name) => !table.names.includes(name));
  if (text === undefined || missing !== undefined)
    throw new Error("it is no trace of scheduling-safety-watch");
  const facts = v.safeParse(traceFactsText, text);
  if (!facts.success) {
    const [{ message }] = facts.issues;
    throw new Error(
      `what it says of itself is damaged: ${v.getDotPath(facts.issues[0]) ?? "text"}: ${message}`,
    );
  }
  return { facts: facts.output, rows: table.toArray() as TraceRow[] };
}

function decode(path: string): Table {
  const bytes = readFileSync(path);
  try {
    return tableFromIPC(bytes);
  } catch (error) {
    throw new Error("it is cut or is no Arrow file", { cause: error });
  }
}

function readIncidents(folder: string, gaps: string[]): Incident[] {
  return ["incidents-before.ndjson", "incidents.ndjson"].flatMap((name) => {
    const lines = readLines(join(folder, name));
    return lines.flatMap((line): Incident[] => {
      const incident = v.safeParse(incidentLine, line);
      if (incident.success) return [incident.output];
      const isCut = incident.issues[0].type === "parse_json";
      gaps.push(`a line of ${name} is ${isCut ? "cut" : "no incident"}`);
      return [];
    });
  });
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch {
    return [];
  }
}
