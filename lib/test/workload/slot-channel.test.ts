import fc from "fast-check";
import { expect, test } from "vitest";
import { Mailbox } from "../../src/workload/mailbox.ts";
import { SlotChannel } from "../../src/workload/slot-channel.ts";
import { ManualTask, settle } from "./manual-task.ts";

test("a mailbox gives out messages in order, at once while there are some", async () => {
  const mailbox = new Mailbox<number>();
  const receiver = new ManualTask();
  mailbox.put(1);
  mailbox.put(2);
  expect([await mailbox.take(receiver), await mailbox.take(receiver)]).toEqual([1, 2]);
  expect(receiver.queued).toBe(0);
});

test("a receiver of an empty mailbox is woken by the message, and then needs a worker", async () => {
  const mailbox = new Mailbox<number>();
  const receiver = new ManualTask();
  const message = mailbox.take(receiver);
  await settle();
  expect(receiver.queued).toBe(0);
  mailbox.put(3);
  await settle();
  expect(receiver.queued).toBe(1);
  await receiver.run();
  expect(await message).toBe(3);
});

test("the second message waits until the first was taken, and then for a worker", async () => {
  const channel = new SlotChannel<string>();
  const [sender, receiver] = [new ManualTask(), new ManualTask()];
  await channel.send(sender, "first");
  let sent = false;
  const second = channel.send(sender, "second").then(() => {
    sent = true;
  });
  await settle();
  expect(sent).toBe(false);
  expect(await channel.receive(receiver)).toBe("first");
  await settle();
  expect(sent).toBe(false);
  await sender.run();
  await second;
  expect(await channel.receive(receiver)).toBe("second");
});

test("whatever the order in which workers run tasks, messages arrive once, in the order of each sender, one at a time in the slot", async () => {
  const schedule = fc.record({
    senders: fc.integer({ min: 1, max: 4 }),
    picks: fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(schedule, async ({ senders, picks }) => {
      const channel = new SlotChannel<readonly [sender: number, number: number]>();
      const tasks = Array.from({ length: senders + 1 }, () => new ManualTask());
      const receiver = tasks[senders] as ManualTask;
      const each = 5;
      const received: (readonly [number, number])[] = [];
      let sent = 0;
      const sending = Array.from({ length: senders }, async (_, sender) => {
        for (let number = 0; number < each; number++) {
          await channel.send(tasks[sender] as ManualTask, [sender, number]);
          sent++;
          expect(sent - received.length).toBeLessThanOrEqual(2);
        }
      });
      const receiving = (async () => {
        while (received.length < senders * each) {
          received.push(await channel.receive(receiver));
          await receiver.sleep();
        }
      })();
      await settle();
      for (let turn = 0; tasks.some(({ queued }) => queued > 0); turn++) {
        const ready = tasks.filter(({ queued }) => queued > 0);
        await ready[(picks[turn % picks.length] as number) % ready.length]?.run();
      }
      await Promise.all([...sending, receiving]);
      for (let sender = 0; sender < senders; sender++) {
        const numbers = received.filter(([from]) => from === sender).map(([, number]) => number);
        expect(numbers).toEqual([0, 1, 2, 3, 4]);
      }
    }),
    { numRuns: 40 },
  );
});
