import { columnsFrom, type RowOf } from "../../tables/columns-from.ts";
import type { ColumnOf, ColumnsOf, Schema } from "../../tables/schema.ts";
import type { MechanismRecords } from "./observe-mechanism.ts";

/** What is kept of every operation, and of every check on the database beside them. */
export const response = {
  kind: {
    type: "category",
    unit: "",
    meaning: "operation, or check: the database asked how it is, every 25 ms",
  },
  number: { type: "uint16", unit: "1", meaning: "number of the operation or check in its run" },
  intendedNs: {
    type: "int64",
    unit: "ns",
    meaning: "when the operation was due to start, or the check began, since the first arrival was possible",
  },
  latencyNs: {
    type: "int64",
    unit: "ns",
    meaning: "end or error − intended start; of a check: how long SELECT 1 took",
  },
  waitNs: {
    type: "int64",
    unit: "ns",
    meaning: "wait for room in the channel, a connection or the lock, until it came or was given up",
    nullable: true,
  },
  heldNs: {
    type: "int64",
    unit: "ns",
    meaning: "how long the connection or the lock was held, or the consumer took for the event",
    nullable: true,
  },
  workerWaitNs: {
    type: "int64",
    unit: "ns",
    meaning: "sum of what the operation's steps waited for a worker (started − handed over)",
    nullable: true,
  },
  outcome: {
    type: "category",
    unit: "",
    meaning: "completed, timed-out, rejected or failed",
    nullable: true,
  },
  falseTimeout: {
    type: "bool",
    unit: "",
    meaning: "timed out although its last step had ended within the time-out: the timer won",
    nullable: true,
  },
  depth: {
    type: "uint8",
    unit: "1",
    meaning: "events sent and not yet taken by the consumer, when this one was sent or given up",
    nullable: true,
  },
  message: { type: "category", unit: "", meaning: "name and message of the error", nullable: true },
  stack: {
    type: "category",
    unit: "",
    meaning: "frames of its stack, function (file), innermost first, one a line",
    nullable: true,
  },
  active: {
    type: "uint8",
    unit: "1",
    meaning: "connections of the service that run a query, by pg_stat_activity",
    nullable: true,
  },
  idleInTransaction: {
    type: "uint8",
    unit: "1",
    meaning: "connections of the service that hold a transaction open and run nothing",
    nullable: true,
  },
  waiting: { type: "uint16", unit: "1", meaning: "operations that wait for a connection", nullable: true },
} as const satisfies Schema;

/** Turns what was observed into rows, times counted from the moment the first operation could arrive. */
export function mechanismSamples({
  operations,
  health,
  startNs,
}: MechanismRecords): ColumnsOf<typeof response> {
  const rows: RowOf<typeof response>[] = [
    ...operations.map((operation, number) => ({
      kind: "operation",
      number,
      intendedNs: operation.intendedNs - startNs,
      latencyNs: operation.endedNs - operation.intendedNs,
      waitNs: operation.waitNs,
      heldNs: operation.heldNs,
      workerWaitNs: operation.steps.reduce((sum, { startedNs, dueNs }) => sum + startedNs - dueNs, 0),
      outcome: operation.outcome,
      falseTimeout: operation.falseTimeout,
      depth: operation.depth,
      message: operation.error?.message ?? null,
      stack: operation.error?.stack ?? null,
      active: null,
      idleInTransaction: null,
      waiting: null,
    })),
    ...health.map(({ atNs, queryNs, active, idleInTransaction, waiting }, number) => ({
      kind: "check",
      number,
      intendedNs: atNs - startNs,
      latencyNs: queryNs,
      waitNs: null,
      heldNs: null,
      workerWaitNs: null,
      outcome: null,
      falseTimeout: null,
      depth: null,
      message: null,
      stack: null,
      active,
      idleInTransaction,
      waiting,
    })),
  ];
  return columnsFrom(response, rows);
}

/** Counts the operations of a run and those that did not complete; rows without an outcome are no operations. */
export function countFailures({ outcome }: { readonly outcome: ColumnOf<string | null> }) {
  const outcomes = outcome.filter((one) => one !== null);
  return { failed: outcomes.filter((one) => one !== "completed").length, trials: outcomes.length };
}
