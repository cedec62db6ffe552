import { AsyncLock } from "./async-lock.ts";
import { Mailbox } from "./mailbox.ts";
import type { Task } from "./task.ts";

/**
 * A channel of capacity 1 between tasks of one thread. A sender waits until the slot is free, and then for a worker; the
 * slot is free again when the receiver takes the message out, not when it has dealt with it.
 *
 *     sender    send a ┤ send b ──────── waits ──────── worker ┤ send c ─ waits …
 *     slot             [a]              │free, granted to b    [b]
 *     receiver            takes a ┤ 1 ms of work ├ …
 *
 * @see https://docs.rs/tokio/latest/tokio/sync/mpsc/fn.channel.html the same order of permit and message
 */
export class SlotChannel<Message> {
  readonly #slot = new AsyncLock("fair");
  readonly #mailbox = new Mailbox<Message>();

  async send(task: Task, message: Message): Promise<void> {
    await this.#slot.acquire(task);
    this.#mailbox.put(message);
  }

  async receive(task: Task): Promise<Message> {
    const message = await this.#mailbox.take(task);
    this.#slot.release(task);
    return message;
  }
}
