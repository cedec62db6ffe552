import { expect, test } from "vitest";
import { openChannel } from "../../../src/studies/failure-mechanisms/slow-channel.ts";

const capacity = 4;
const events = 40;

test("is soon full where nobody takes events, and rejects the others with the timer's own error", async () => {
  const channel = open(2000);
  const sent = await channel.sent;
  const accepted = sent.filter(({ error }) => error === null);
  // Beside its capacity the two ends hold a few, whose number depends on how late each thread runs.
  expect(accepted.length).toBeLessThan(3 * capacity);
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
