import { expect, test } from "vitest";
import { channelSlack, openChannel } from "../../../src/studies/failure-mechanisms/slow-channel.ts";

const capacity = 4;
const events = 20;

test("takes no more events than it has room for, and rejects the others with the timer's own error", async () => {
  const channel = open(8000); // its thread starts within that, on a busy host too
  const sent = await channel.sent;
  const accepted = sent.filter(({ error }) => error === null);
  expect(accepted.length).toBeGreaterThanOrEqual(capacity);
  expect(accepted.length).toBeLessThanOrEqual(capacity + channelSlack);
  expect(sent).toHaveLength(events);
  const messages = new Set(sent.flatMap(({ error }) => (error === null ? [] : [error.message])));
  expect([...messages]).toEqual(["TimeoutError: The operation was aborted due to timeout"]);
  await channel.close();
});

test("hands over every event in order to a consumer that keeps up, and ends", async () => {
  const channel = open(600_000);
  const received: number[] = [];
  for await (const event of channel.readable) received.push(event);
  expect(received).toEqual(Array.from({ length: events }, (_, event) => event));
  expect((await channel.sent).every(({ error }) => error === null)).toBe(true);
  await channel.close();
});

function open(limitMs: number) {
  const arrivalsNs = Array<number>(events).fill(0);
  return openChannel(capacity, { originNs: process.hrtime.bigint(), arrivalsNs, limitMs });
}
