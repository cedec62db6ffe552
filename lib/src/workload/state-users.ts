import { coordinatorRow, emit, enter, type StreamMessage } from "./coordinator-record.ts";
import type { Mailbox } from "./mailbox.ts";
import type { TaskProgram } from "./task.ts";
import type { TaskLock } from "./task-lock.ts";

export interface EnrichmentParameters {
  readonly enrichments: Mailbox<StreamMessage>;
  readonly count: number;
  readonly delayMs: number;
  readonly state: TaskLock;
}

export interface StateUserParameters {
  readonly state: TaskLock;
}

/** Comes back to the shared state some time after it was asked to. */
export const enrichment: TaskProgram<EnrichmentParameters> = async (task, parameters) => {
  for (let done = 0; done < parameters.count; done++) {
    const message = await parameters.enrichments.take(task);
    await task.sleep(parameters.delayMs);
    const times = await enter(task, parameters.state, async () => {});
    emit(task, coordinatorRow.enrichment, message, times);
  }
};

/** Enters the shared state again and again, each time across one yield, until the foreground has ended. */
export const stateUser: TaskProgram<StateUserParameters> = async (task, { state }) => {
  for (let number = 0; !task.drained; number++) {
    const times = await enter(task, state, () => task.poll({ work: "nothing", argument: 0, times: 1 }));
    emit(task, coordinatorRow.entry, { stream: 0, number, dueNs: 0 }, times);
  }
};
