import { attributeWait } from "scheduling-safety-watch/attribution";
import type { ErrorReport } from "../../measure/error-report.ts";
import { columnsFrom, type RowOf } from "../../tables/columns-from.ts";
import type { ColumnsOf, Schema } from "../../tables/schema.ts";
import { culpritTask, type MechanismRecords } from "../failure-mechanisms/experiment.ts";
import { operationWaits } from "./operation-waits.ts";

/** What is kept of every operation: what its error says, and what the per-poll records say. */
export const response = {
  number: { type: "uint16", unit: "1", meaning: "number of the operation in its run" },
  outcome: { type: "category", unit: "", meaning: "completed, timed-out, rejected or failed" },
  latencyNs: { type: "int64", unit: "ns", meaning: "end or error − intended start" },
  message: { type: "category", unit: "", meaning: "name and message of the error", nullable: true },
  stack: {
    type: "category",
    unit: "",
    meaning: "frames of its stack, function (file), innermost first, one a line",
    nullable: true,
  },
  surface: {
    type: "category",
    unit: "",
    meaning: "file in which the error arose: that of the innermost frame",
    nullable: true,
  },
  namesCulprit: {
    type: "bool",
    unit: "",
    meaning: "message or stack has the blockers' task, their function or its file",
    nullable: true,
  },
  waitedNs: {
    type: "int64",
    unit: "ns",
    meaning: "waits of the operation until it ended: for channel, connection or lock, and for workers",
  },
  starvedNs: { type: "int64", unit: "ns", meaning: "part of these waits during which every worker was held" },
  culprit: {
    type: "category",
    unit: "",
    meaning: "task that held workers longest in that part, by the per-poll records",
    nullable: true,
  },
  culpritShare: {
    type: "float64",
    unit: "1",
    meaning: "share of the workers' time in that part that this task held",
    nullable: true,
  },
  heldAtEnd: {
    type: "uint8",
    unit: "1",
    meaning: "workers that some task held when the operation ended or its error surfaced",
  },
} as const satisfies Schema;

/** Sets what the errors of the operations say beside what the pool's records say. */
export function blameSamples(
  { operations, records }: MechanismRecords,
  workers: number,
): ColumnsOf<typeof response> {
  const rows = operations.map((operation, number): RowOf<typeof response> => {
    const { error, endedNs } = operation;
    return {
      number,
      outcome: operation.outcome,
      latencyNs: endedNs - operation.intendedNs,
      message: error?.message ?? null,
      stack: error?.stack ?? null,
      surface: error && surfaceOf(error),
      namesCulprit: error && namesCulprit(error),
      ...attributeWait(operationWaits(operation), records, workers),
      heldAtEnd: records.polls.task.filter(
        (_, row) =>
          (records.polls.startedNs[row] as number) <= endedNs &&
          (records.polls.endedNs[row] as number) > endedNs,
      ).length,
    };
  });
  return columnsFrom(response, rows);
}

/** Everything by which a reader of an error could recognise the blockers: task, function, file. */
const marks = [new RegExp(`\\b${culpritTask}\\b`), /\bpark\b/, /workload\/work\./];

/** Tells whether an error's own words lead to what held the workers. */
export function namesCulprit({ message, stack }: ErrorReport): boolean {
  return marks.some((mark) => mark.test(message) || mark.test(stack));
}

function surfaceOf({ stack }: ErrorReport): string | null {
  return /^.*\((.*)\)$/m.exec(stack)?.[1] ?? null;
}
