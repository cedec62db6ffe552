import type { RunResult } from "../../design/experiment.ts";
import { blockerOnTokio, drawUnevenBlockers, type Rearming } from "../../design/rearming-blockers.ts";
import { runOnTokio } from "../../executor/tokio/run-on-tokio.ts";
import type { TokioTask } from "../../executor/tokio/tokio-task.ts";
import { seededRandom } from "../../stats/random.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { coordinatorEvent, coordinatorRow } from "../../workload/coordinator-record.ts";
import type { response } from "./response.ts";

export interface TokioSuspensionConvoyScenario {
  readonly executor: "tokio";
  readonly workers: number;
  readonly variant: "bad" | "good";
  readonly blockers: number;
  readonly rearm: Rearming;
}

/** The published parameters. */
const messagesPerStream = 60;
const streamPeriodsMs = [8, 4, 10];
const eventsPerMessage = [3, 1, 1];
const consumeMs = 1;
const enrichEvery = 5;
const enrichDelayMs = 5;

const messages = messagesPerStream * streamPeriodsMs.length;
const events = messagesPerStream * eventsPerMessage.reduce((sum, count) => sum + count, 0);
const enrichments = Math.floor(messages / enrichEvery);

/** Measures one scenario once. */
export async function runTokioSuspensionConvoy(
  { workers, variant, blockers, rearm }: TokioSuspensionConvoyScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const held = drawUnevenBlockers(blockers, rearm, seededRandom(seed)).map(blockerOnTokio);
  const tasks: TokioTask[] = [
    ...held,
    ...streamPeriodsMs.map(
      (periodMs, stream): TokioTask => ({
        program: "stream",
        parameters: { stream, messages: messagesPerStream, periodMs },
      }),
    ),
    {
      program: "coordinator",
      parameters: { messages, derived: eventsPerMessage, sendsWhileHolding: variant === "bad", enrichEvery },
    },
    { program: "consumer", parameters: { events, consumeMs } },
    { program: "enrichment", parameters: { count: enrichments, delayMs: enrichDelayMs } },
  ];
  const records = await runOnTokio(tasks, { workers, lifoSlot: true });
  return {
    samples: coordinatorRows(records.events),
    lostSamples: messages + events + enrichments - records.events.length,
    dispatcherDelayP99Ns: null,
  };
}

/** Turns the events of the coordinator and its neighbours into rows, one each. */
export function coordinatorRows(rows: readonly (readonly number[])[]): ColumnsOf<typeof response> {
  const kinds = Object.keys(coordinatorRow);
  const column = (name: (typeof coordinatorEvent)[number]) => {
    const index = coordinatorEvent.indexOf(name);
    return rows.map((row) => row[index] as number);
  };
  const nullable = (name: (typeof coordinatorEvent)[number]) =>
    column(name).map((ns) => (Number.isNaN(ns) ? null : Math.round(ns)));
  return {
    row: column("row").map((kind) => kinds[kind] as string),
    stream: Uint8Array.from(column("stream")),
    number: Uint16Array.from(column("number")),
    lockWaitNs: nullable("lockWaitNs"),
    handOverNs: nullable("handOverNs"),
    holdNs: nullable("holdNs"),
    sendNs: nullable("sendNs"),
    latencyNs: nullable("latencyNs"),
  };
}
