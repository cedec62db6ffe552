import { type DataType, dictionary, int32, int64, uint16, utf8 } from "@uwdata/flechette";

/** One row a poll, as the study keeps them: times in ns since the watch began. */
export interface TraceRow {
  readonly pool: string;
  readonly task: string;
  /** 0: it ran; 1: it left the queue without having run; 2: it was under way when this was written. */
  readonly tag: number;
  /** Number of the worker in its pool; −1 where it had none. */
  readonly worker: number;
  readonly dueNs: number;
  readonly enqueuedNs: number | null;
  readonly startedNs: number | null;
  readonly endedNs: number | null;
  /** When its submitter heard of its end. */
  readonly settledNs: number | null;
}

interface TraceColumn {
  readonly type: () => DataType;
  readonly unit: string;
  readonly meaning: string;
  readonly nullable: boolean;
}

/** The columns of `polls-….arrow`, with units and meanings as the study's tables have them. */
export const traceColumns: Readonly<Record<keyof TraceRow, TraceColumn>> = {
  pool: column(category, "", "pool the task was submitted to"),
  task: column(category, "", "name of the task"),
  tag: column(int32, "", "0: it ran; 1: it left the queue without having run; 2: under way when written"),
  worker: column(int32, "", "number of the worker in its pool; −1 where it had none"),
  dueNs: column(int64, "ns", "when it was submitted, since the watch began"),
  enqueuedNs: column(int64, "ns", "when it was handed to the pool", true),
  startedNs: column(int64, "ns", "when it began to hold its worker, stamped there", true),
  endedNs: column(int64, "ns", "when it ceased to, stamped there", true),
  settledNs: column(int64, "ns", "when its submitter heard of its end", true),
};

/** What a trace says of itself, in the metadata of each of its tables. */
export interface TraceFacts {
  readonly format: "scheduling-safety-watch";
  readonly pid: number;
  readonly command: string;
  readonly node: string;
  /** Wall-clock time at which the watch began (ISO 8601). */
  readonly began: string;
  /** When this was written, and how long the canary in libuv's pool waited last (ns since the watch began). */
  readonly writtenNs: number;
  readonly libuvWaitNs: number | null;
  readonly pools: readonly TracePool[];
}

export interface TracePool {
  readonly pool: string;
  readonly workers: number;
  readonly tasks: number;
  readonly unseen: number;
  readonly loads: number;
}

function category(): DataType {
  return dictionary(utf8(), uint16());
}

function column(type: () => DataType, unit: string, meaning: string, nullable = false): TraceColumn {
  return { type, unit, meaning, nullable };
}
