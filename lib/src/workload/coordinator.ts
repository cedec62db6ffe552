import { coordinatorRow, emit, enter, type StreamMessage } from "./coordinator-record.ts";
import type { Mailbox } from "./mailbox.ts";
import type { SlotChannel } from "./slot-channel.ts";
import type { TaskProgram } from "./task.ts";
import type { TaskLock } from "./task-lock.ts";

export interface StreamParameters {
  readonly stream: number;
  readonly messages: number;
  readonly periodMs: number;
  readonly input: Mailbox<StreamMessage>;
}

export interface CoordinatorParameters {
  readonly input: Mailbox<StreamMessage>;
  readonly messages: number;
  readonly state: TaskLock;
  /** Events that a message of each stream becomes. */
  readonly derived: readonly number[];
  readonly output: SlotChannel<StreamMessage>;
  /** Whether it keeps the state locked while it sends. */
  readonly sendsWhileHolding: boolean;
  readonly enrichEvery: number;
  readonly enrichments: Mailbox<StreamMessage>;
}

export interface ConsumerParameters {
  readonly output: SlotChannel<StreamMessage>;
  readonly events: number;
  readonly consumeMs: number;
}

/** Sends a message each period; those whose time has passed are sent at once, and keep their intended time. */
export const stream: TaskProgram<StreamParameters> = async (task, parameters) => {
  for (let number = 0; number < parameters.messages; number++) {
    const dueMs = (number + 1) * parameters.periodMs;
    if (task.now() < dueMs * 1e6) await task.sleepUntil(dueMs);
    parameters.input.put({ stream: parameters.stream, number, dueNs: dueMs * 1e6 });
  }
};

/**
 * Takes messages in order of arrival, derives events under the lock of the shared state, and sends them on.
 *
 *     sends while holding   ├─ lock wait ─┤ derive · send · send · send ┤
 *     sends afterwards      ├─ lock wait ─┤ derive ┤ send · send · send
 *                                         └─ hold ─┘
 */
export const coordinator: TaskProgram<CoordinatorParameters> = async (task, parameters) => {
  const { input, state, output, derived, sendsWhileHolding } = parameters;
  for (let handled = 1; handled <= parameters.messages; handled++) {
    const message = await input.take(task);
    let sendNs = 0;
    const send = async (): Promise<void> => {
      const fromNs = task.now();
      for (let event = 0; event < (derived[message.stream] as number); event++) {
        await output.send(task, message);
      }
      sendNs = task.now() - fromNs;
    };
    const times = await enter(task, state, sendsWhileHolding ? send : async () => {});
    if (!sendsWhileHolding) await send();
    emit(task, coordinatorRow.message, message, { ...times, sendNs });
    if (handled % parameters.enrichEvery === 0) parameters.enrichments.put(message);
  }
};

/** Takes one event after the other out of the channel and works on each for a while. */
export const consumer: TaskProgram<ConsumerParameters> = async (task, { output, events, consumeMs }) => {
  for (let event = 0; event < events; event++) {
    const message = await output.receive(task);
    await task.sleep(consumeMs);
    emit(task, coordinatorRow.event, message, { latencyNs: task.now() - message.dueNs });
  }
};
