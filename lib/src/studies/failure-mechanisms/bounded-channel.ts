import { setTimeout as delay } from "node:timers/promises";
import type { PollTimes } from "../../workload/task.ts";
import type { Sent } from "./channel-producer.ts";
import { type Bench, type Operation, type PrepareMechanism, runSteps } from "./operation.ts";
import { type BoundedChannel, openChannel } from "./slow-channel.ts";

const capacity = 8;
const limitMs = 100;

/** A producer on its own thread, a channel with room for eight events, and a consumer whose every event needs one step. */
export const prepareBoundedChannel: PrepareMechanism = async (bench) => {
  let channel: BoundedChannel | undefined;
  return {
    serve: async (arrivalsNs) => {
      channel = openChannel(capacity, { originNs: bench.originNs, arrivalsNs, limitMs });
      const consumed = await consume(bench, channel);
      const sent = await channel.sent;
      const depths = depthsOf(sent, consumed);
      return {
        operations: arrivalsNs.map((intendedNs, event) => ({
          ...operationOf(intendedNs, sent[event] as Sent, consumed.get(event)),
          depth: depths[event] ?? null,
        })),
        health: [],
      };
    },
    close: async () => channel?.close(),
  };
};

interface Consumed {
  readonly takenNs: number;
  readonly endedNs: number;
  readonly steps: readonly PollTimes[];
}

async function consume(bench: Bench, { readable }: BoundedChannel): Promise<Map<number, Consumed>> {
  const consumed = new Map<number, Consumed>();
  for await (const event of readable) {
    const takenNs = bench.now();
    if (bench.dependencyMs > 0) await delay(bench.dependencyMs);
    const steps = await runSteps(bench, 1);
    consumed.set(event, { takenNs, endedNs: bench.now(), steps });
  }
  return consumed;
}

function operationOf(
  intendedNs: number,
  sent: Sent,
  consumed: Consumed | undefined,
): Omit<Operation, "depth"> {
  const shared = { intendedNs, beganNs: intendedNs, waitNs: sent.atNs - intendedNs, falseTimeout: null };
  if (sent.error !== null || consumed === undefined) {
    return {
      ...shared,
      heldNs: null,
      endedNs: sent.atNs,
      outcome: sent.error === null ? "failed" : "rejected",
      error: sent.error,
      steps: [],
    };
  }
  const { takenNs, endedNs, steps } = consumed;
  return { ...shared, heldNs: endedNs - takenNs, endedNs, outcome: "completed", error: null, steps };
}

/** Counts the events in the channel at each send or rejection: sent before, or just then, and not yet taken. */
function depthsOf(sent: readonly Sent[], consumed: ReadonlyMap<number, Consumed>): number[] {
  return sent.map(({ atNs }) => {
    const inside = sent.filter(
      (other) =>
        other.error === null &&
        other.atNs <= atNs &&
        (consumed.get(other.event)?.takenNs ?? Number.POSITIVE_INFINITY) > atNs,
    );
    return inside.length;
  });
}
