import { recordCount } from "./task-memory.ts";

/** Names the record of a task and its generation, as it travels with the task to a worker: one number, the cheapest to send. */
export type Ticket = number;

export function ticketOf(record: number, generation: number): Ticket {
  return (generation >>> 0) * recordCount + record;
}

export function recordOf(ticket: Ticket): number {
  return ticket % recordCount;
}

/** What a watched task looks like on its way: the task itself, its ticket, and what is needed to stamp it. */
export interface Envelope<Task = unknown> {
  readonly schedulingSafetyTicket: Ticket;
  task: Task;
  /** The module and export that would have run the task, where the pool would have loaded it. */
  readonly filename?: string;
  readonly name?: string;
  /** The shared memory, for workers that were started before anybody watched. */
  readonly memory?: SharedArrayBuffer;
}

/** Where new workers find the shared memory without being sent it. */
export const memoryKey = "scheduling-safety-watch";

/** Tells whether a worker was handed an envelope rather than a bare task. */
export function isEnvelope(task: unknown): task is Envelope {
  return typeof task === "object" && task !== null && "schedulingSafetyTicket" in task;
}
