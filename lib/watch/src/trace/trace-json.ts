import * as v from "valibot";
import type { Incident } from "../incident/incident.ts";
import type { TraceFacts } from "./trace-schema.ts";

/** What stands in a table's metadata, as text. */
export const traceFactsText: v.GenericSchema<string, TraceFacts> = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    format: v.literal("scheduling-safety-watch"),
    pid: v.number(),
    command: v.string(),
    node: v.string(),
    began: v.string(),
    writtenNs: v.number(),
    libuvWaitNs: v.nullable(v.number()),
    pools: v.array(
      v.object({
        pool: v.string(),
        workers: v.number(),
        tasks: v.number(),
        unseen: v.number(),
        loads: v.number(),
      }),
    ),
  }),
);

/** A line of the file of incidents. */
export const incidentLine: v.GenericSchema<string, Incident> = v.pipe(
  v.string(),
  v.parseJson(),
  v.looseObject({
    kind: v.picklist(["pool", "main", "libuv"]),
    pool: v.string(),
    workers: v.number(),
    beganNs: v.number(),
    endedNs: v.nullable(v.number()),
    toldNs: v.number(),
    starvedNs: v.number(),
    culprits: v.array(
      v.object({ task: v.string(), share: v.number(), workers: v.number(), longestHoldNs: v.number() }),
    ),
    victims: v.array(
      v.object({ task: v.string(), count: v.number(), waitedNs: v.number(), longestWaitNs: v.number() }),
    ),
    notAttributable: v.number(),
    behindMainThread: v.number(),
    threads: v.nullable(v.object({ computing: v.number(), withoutCore: v.number() })),
    stack: v.nullable(v.string()),
    noStack: v.nullable(v.string()),
  }),
);
