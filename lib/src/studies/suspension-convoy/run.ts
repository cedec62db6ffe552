import { sum } from "simple-statistics";
import { range } from "../../design/design-parts.ts";
import { dispatcherDelayP99 } from "../../design/dispatcher-delay.ts";
import type { RunResult } from "../../design/experiment.ts";
import { namesOf } from "../../design/names-of.ts";
import { unevenBlockers } from "../../design/uneven-blockers.ts";
import type { Records } from "../../executor/executor.ts";
import { executors } from "../../executor/executors.ts";
import { seededRandom } from "../../stats/random.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { AsyncLock } from "../../workload/async-lock.ts";
import { coordinatorEvent, coordinatorRow, type StreamMessage } from "../../workload/coordinator-record.ts";
import { Mailbox } from "../../workload/mailbox.ts";
import type { TaskSpec } from "../../workload/programs.ts";
import { SlotChannel } from "../../workload/slot-channel.ts";
import type { response } from "./response.ts";

export interface SuspensionConvoyScenario {
  readonly executor: "run-queue" | "piscina";
  readonly workers: number;
  readonly variant: "bad" | "good";
  readonly load: "streams" | "saturating";
  readonly blockers: number;
  readonly consumeUs: number;
}

/** The published parameters. */
const messagesPerStream = 60;
const streamPeriodsMs = [8, 4, 10];
const eventsPerMessage = [3, 1, 1];
const enrichEvery = 5;
const enrichDelayMs = 5;

/** Messages of a saturating run: enough of them that it lasts some 400 ms, or 40. */
export function saturatingMessages(consumeMs: number): number {
  return Math.max(40, Math.min(400, Math.round(400 / consumeMs)));
}

/** Measures one scenario once. */
export async function runSuspensionConvoy(
  scenario: SuspensionConvoyScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const random = seededRandom(seed);
  const { specs, rows } = scenario.load === "streams" ? streams(scenario) : saturating(scenario);
  const records = await executors[scenario.executor](
    [...unevenBlockers(scenario.blockers, random), ...specs],
    scenario.workers,
  );
  const arrived = records.events.filter(([row]) => row !== coordinatorRow.entry);
  return {
    samples: toSamples(records),
    lostSamples: rows - arrived.length,
    dispatcherDelayP99Ns: dispatcherDelayP99(records.polls),
  };
}

/** Three streams at intended times, and an enrichment task that comes back to the state. */
function streams({ variant, consumeUs }: SuspensionConvoyScenario): { specs: TaskSpec[]; rows: number } {
  const { input, enrichments, state, output } = sharedParts();
  const messages = messagesPerStream * streamPeriodsMs.length;
  const events = messagesPerStream * sum(eventsPerMessage);
  const count = Math.floor(messages / enrichEvery);
  const specs: TaskSpec[] = [
    ...streamPeriodsMs.map(
      (periodMs, stream): TaskSpec => ({
        program: "stream",
        parameters: { stream, messages: messagesPerStream, periodMs, input },
      }),
    ),
    {
      program: "coordinator",
      parameters: {
        input,
        messages,
        state,
        derived: eventsPerMessage,
        output,
        sendsWhileHolding: variant === "bad",
        enrichEvery,
        enrichments,
      },
    },
    { program: "consumer", parameters: { output, events, consumeMs: consumeUs / 1000 } },
    { program: "enrichment", parameters: { enrichments, count, delayMs: enrichDelayMs, state } },
  ];
  return { specs, rows: messages + events + count };
}

/** The coordinator always has a message, and another task always wants the state. */
function saturating({ variant, consumeUs }: SuspensionConvoyScenario): { specs: TaskSpec[]; rows: number } {
  const consumeMs = consumeUs / 1000;
  const { input, enrichments, state, output } = sharedParts();
  const messages = saturatingMessages(consumeMs);
  for (const number of range(0, messages - 1)) input.put({ stream: 0, number, dueNs: 0 });
  const specs: TaskSpec[] = [
    {
      program: "coordinator",
      parameters: {
        input,
        messages,
        state,
        derived: [1],
        output,
        sendsWhileHolding: variant === "bad",
        enrichEvery: Number.POSITIVE_INFINITY,
        enrichments,
      },
    },
    { program: "consumer", parameters: { output, events: messages, consumeMs } },
    { program: "stateUser", background: true, parameters: { state } },
  ];
  return { specs, rows: 2 * messages };
}

function sharedParts() {
  return {
    input: new Mailbox<StreamMessage>(),
    enrichments: new Mailbox<StreamMessage>(),
    state: new AsyncLock("fair"),
    output: new SlotChannel<StreamMessage>(),
  };
}

/**
 * Keeps every message, event and enrichment, and one total: how often the state was entered by others between the
 * coordinator's first and last message, when both wanted it all the time.
 */
function toSamples({ events }: Records): ColumnsOf<typeof response> {
  const names = namesOf(coordinatorRow);
  const ofKind = (kind: keyof typeof coordinatorRow) =>
    events.filter(([row]) => row === coordinatorRow[kind]);
  const ended = ofKind("message").map((event) => of(event, "endedNs"));
  const [fromNs, toNs] = [Math.min(...ended), Math.max(...ended)];
  const entries = ofKind("entry").filter(
    (event) => of(event, "endedNs") > fromNs && of(event, "endedNs") <= toNs,
  );
  const kept = events.filter(([row]) => row !== coordinatorRow.entry);
  const column = (name: (typeof coordinatorEvent)[number]) => [
    ...kept.map((event) => nullable(of(event, name))),
    null,
  ];
  return {
    row: [...kept.map(([row]) => names[row as number] as string), "total"],
    stream: column("stream"),
    number: column("number"),
    lockWaitNs: column("lockWaitNs"),
    handOverNs: column("handOverNs"),
    holdNs: column("holdNs"),
    sendNs: column("sendNs"),
    latencyNs: column("latencyNs"),
    messages: [...kept.map(() => null), ended.length - 1],
    entries: [...kept.map(() => null), entries.length],
    spanNs: [...kept.map(() => null), Math.round(toNs - fromNs)],
  };
}

function of(event: readonly number[], name: (typeof coordinatorEvent)[number]): number {
  return event[coordinatorEvent.indexOf(name)] as number;
}

function nullable(value: number): number | null {
  return Number.isNaN(value) ? null : Math.round(value);
}
