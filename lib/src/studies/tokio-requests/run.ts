import { blockingRequest, requestPeriodMs, requestsPerClient } from "../../design/closed-clients.ts";
import { range } from "../../design/design-parts.ts";
import type { RunResult } from "../../design/experiment.ts";
import { runOnTokio } from "../../executor/tokio/run-on-tokio.ts";
import type { TokioTask } from "../../executor/tokio/tokio-task.ts";
import { seededRandom } from "../../stats/random.ts";
import type { ColumnsOf } from "../../tables/schema.ts";
import { requestEvent } from "../../workload/client.ts";
import type { response } from "./response.ts";

export interface TokioRequestsScenario {
  readonly executor: "tokio";
  readonly workers: number;
  readonly lifoSlot: "on" | "off";
  readonly clients: number;
  readonly load: "closed-loop" | "open-loop";
  readonly placement: "before-deadline" | "inside-deadline";
}

/** Measures one scenario once. */
export async function runTokioRequests(
  scenario: TokioRequestsScenario,
  seed: number,
): Promise<RunResult<typeof response>> {
  const { workers, lifoSlot, clients } = scenario;
  const tasks = clientTasks(scenario, seededRandom(seed));
  const { events } = await runOnTokio(tasks, { workers, lifoSlot: lifoSlot === "on" });
  return {
    samples: requestRows(events),
    lostSamples: clients * requestsPerClient - events.length,
    dispatcherDelayP99Ns: null,
  };
}

function clientTasks({ clients, load, placement }: TokioRequestsScenario, random: () => number): TokioTask[] {
  const shape = { ...blockingRequest, placement };
  return range(0, clients - 1).flatMap((client): TokioTask[] => {
    const startMs = random() * requestPeriodMs;
    if (load === "closed-loop") {
      return [{ program: "client", parameters: { shape, client, requests: requestsPerClient, startMs } }];
    }
    return range(0, requestsPerClient - 1).map((round) => ({
      program: "arrival",
      parameters: {
        shape,
        client,
        round,
        request: client * requestsPerClient + round,
        intendedMs: startMs + round * requestPeriodMs,
      },
    }));
  });
}

/** Turns the events of clients into rows, one a request. */
export function requestRows(events: readonly (readonly number[])[]): ColumnsOf<typeof response> {
  const column = (name: (typeof requestEvent)[number], unit = 1): number[] => {
    const index = requestEvent.indexOf(name);
    return events.map((event) => Math.round((event[index] as number) / unit));
  };
  const nsInUs = 1000;
  return {
    client: Uint16Array.from(column("client")),
    round: Uint16Array.from(column("round")),
    blocking: column("blocking").map(Boolean),
    latencyUs: Int32Array.from(column("latencyNs", nsInUs)),
    timedUs: Int32Array.from(column("timedNs", nsInUs)),
    outcome: column("timedOut").map((timedOut) => (timedOut ? "timed-out" : "completed")),
    polls: Uint8Array.from(column("polls")),
    waitUs: Int32Array.from(column("waitNs", nsInUs)),
  };
}
