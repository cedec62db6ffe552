import type { Task } from "./task.ts";

/** Messages from tasks of one thread to one receiver among them, in order of arrival and without bound. */
export class Mailbox<Message> {
  readonly #messages: Message[] = [];
  #wake: (() => void) | null = null;

  /** Leaves a message and wakes the receiver if it waits. */
  put(message: Message): void {
    this.#messages.push(message);
    this.#wake?.();
    this.#wake = null;
  }

  /** Takes the oldest message; waits for one, and then for a worker, while there is none. */
  async take(task: Task): Promise<Message> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wake = resolve;
      await promise;
      await task.poll({ work: "nothing", argument: 0, times: 1 });
    }
  }
}
